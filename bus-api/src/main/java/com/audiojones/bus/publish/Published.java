package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * Where an event is durable.
 *
 * @param eventId the event
 * @param topic the topic it is for
 * @param position where it is in the topic, on all in-sync replicas; null: in the spool of this machine, forced to its
 *     disk, from which it goes to Kafka later
 */
public record Published(
        EventId eventId, String topic, @Nullable Position position) {

    /**
     * A place in a topic.
     *
     * @param partition the partition
     * @param offset the offset in it
     */
    public record Position(int partition, long offset) {}
}
