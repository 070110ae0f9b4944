/** The sink's services: the mirror of the bus in the event store, and the feed of targets out of it. */
@NullMarked
package com.audiojones.bus.sink;

import org.jspecify.annotations.NullMarked;
