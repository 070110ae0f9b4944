/** Settings that are changed while the bus runs: read from, and written to, {@code bus.settings}. */
@NullMarked
package com.audiojones.bus.live;

import org.jspecify.annotations.NullMarked;
