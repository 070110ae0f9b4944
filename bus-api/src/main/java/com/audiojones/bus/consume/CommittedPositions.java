package com.audiojones.bus.consume;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What one member has committed in its assignments; positions only rise. Poll thread only. */
final class CommittedPositions {

    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** Those of the positions that were not reached yet. */
    Map<TopicPartition, Long> beyond(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> beyond = new HashMap<>();
        positions.forEach((partition, position) -> {
            if (position > committed.getOrDefault(partition, -1L)) {
                beyond.put(partition, position);
            }
        });
        return beyond;
    }

    void reached(Map<TopicPartition, Long> positions) {
        positions.forEach((partition, position) -> committed.merge(partition, position, Math::max));
    }

    void forget(TopicPartition partition) {
        committed.remove(partition);
    }

    void clear() {
        committed.clear();
    }
}
