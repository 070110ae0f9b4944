/** Consuming at least once: settle first, commit afterwards. */
@NullMarked
package com.audiojones.bus.consume;

import org.jspecify.annotations.NullMarked;
