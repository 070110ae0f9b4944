/** From publish to the receiver, with everything of the bus in one process. */
@NullMarked
package com.audiojones.bus.bench.e2e;

import org.jspecify.annotations.NullMarked;
