/** Publishing events from Java: what an event is made of, and the way to Kafka that loses none. */
@NullMarked
package com.audiojones.bus.publish;

import org.jspecify.annotations.NullMarked;
