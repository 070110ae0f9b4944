/** What the bus counted, by the minute: the records of {@code bus.stats} and the figures made from them. */
@NullMarked
package com.audiojones.bus.stats;

import org.jspecify.annotations.NullMarked;
