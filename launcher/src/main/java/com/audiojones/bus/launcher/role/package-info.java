/** Puts the roles together, runs them in one process, and closes them in reverse order. */
@NullMarked
package com.audiojones.bus.launcher.role;

import org.jspecify.annotations.NullMarked;
