/** Typed settings: one file plus the environment, all problems in one message. */
@NullMarked
package com.audiojones.bus.config;

import org.jspecify.annotations.NullMarked;
