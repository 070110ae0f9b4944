/** Kafka client settings that keep the bus's promises. */
@NullMarked
package com.audiojones.bus.kafka;

import org.jspecify.annotations.NullMarked;
