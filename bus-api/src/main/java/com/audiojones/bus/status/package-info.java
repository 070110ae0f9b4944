/** How events fare: the records of {@code bus.event-status}. */
@NullMarked
package com.audiojones.bus.status;

import org.jspecify.annotations.NullMarked;
