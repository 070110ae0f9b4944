/** Refusals and failures, and what a client is told of them. */
@NullMarked
package com.audiojones.bus.admin.problem;

import org.jspecify.annotations.NullMarked;
