package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits positions of one consumer: now and then without waiting, one commit under way at a time, and once more for
 * certain when partitions go. A position below one committed in the same assignment is never sent. Poll thread only.
 */
final class OffsetCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private final long everyNanos;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long lastNanos;
    private boolean underWay;

    OffsetCommitter(Duration every, long nowNanos) {
        this.everyNanos = every.toNanos();
        this.lastNanos = nowNanos;
    }

    /** Whether a commit may be sent again. */
    boolean isDue(long nowNanos) {
        return !underWay && nowNanos - lastNanos >= everyNanos;
    }

    /** Sends what is new; a commit that fails is made up for by the next. */
    void commitAsync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions, long nowNanos) {
        lastNanos = nowNanos;
        Map<TopicPartition, OffsetAndMetadata> fresh = fresh(positions);
        if (fresh.isEmpty()) {
            return;
        }
        underWay = true;
        consumer.commitAsync(fresh, (offsets, failure) -> {
            underWay = false;
            if (failure == null) {
                offsets.forEach((partition, position) -> committed.merge(partition, position.offset(), Math::max));
            } else {
                LOG.debug("a commit failed, the next one covers it: {}", failure.getMessage());
            }
        });
    }

    /** Commits for certain what is new; a wake-up meanwhile must not cost the commit of work that is done. */
    void commitSync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> fresh = fresh(positions);
        if (fresh.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(fresh);
        } catch (WakeupException e) {
            consumer.commitSync(fresh);
        }
        positions.forEach((partition, position) -> committed.merge(partition, position, Math::max));
    }

    /** Forgets a partition that went. */
    void forget(TopicPartition partition) {
        committed.remove(partition);
    }

    /** Forgets a consumer that went, with whatever was under way. */
    void reset() {
        committed.clear();
        underWay = false;
    }

    private Map<TopicPartition, OffsetAndMetadata> fresh(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> fresh = new HashMap<>();
        positions.forEach((partition, position) -> {
            if (position > committed.getOrDefault(partition, -1L)) {
                fresh.put(partition, new OffsetAndMetadata(position));
            }
        });
        return fresh;
    }
}
