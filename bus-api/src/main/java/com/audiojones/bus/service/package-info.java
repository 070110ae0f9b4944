/** The life of a role's service: start, readiness, stop. */
@NullMarked
package com.audiojones.bus.service;

import org.jspecify.annotations.NullMarked;
