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

/** Commits positions through the consumer itself. */
final class OffsetCommitter implements Commits {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private final long everyNanos;
    private final CommittedPositions committed = new CommittedPositions();
    private long lastNanos;
    private boolean underWay;

    OffsetCommitter(Duration every, long nowNanos) {
        this.everyNanos = every.toNanos();
        this.lastNanos = nowNanos;
    }

    @Override
    public boolean isDue(Consumer<?, ?> consumer, long nowNanos) {
        return !underWay && nowNanos - lastNanos >= everyNanos;
    }

    @Override
    public void commitAsync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions, long nowNanos) {
        lastNanos = nowNanos;
        Map<TopicPartition, OffsetAndMetadata> fresh = fresh(positions);
        if (fresh.isEmpty()) {
            return;
        }
        underWay = true;
        consumer.commitAsync(fresh, (offsets, failure) -> {
            underWay = false;
            if (failure == null) {
                committed.reached(positions);
            } else {
                LOG.debug("a commit failed, the next one covers it: {}", failure.getMessage());
            }
        });
    }

    /** A wake-up meanwhile must not cost the commit of work that is done. */
    @Override
    public void commitSync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> fresh = fresh(positions);
        if (fresh.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(fresh);
        } catch (WakeupException e) {
            consumer.commitSync(fresh);
        }
        committed.reached(positions);
    }

    @Override
    public void forget(TopicPartition partition) {
        committed.forget(partition);
    }

    @Override
    public void reset() {
        committed.clear();
        underWay = false;
    }

    @Override
    public void close() {
        // Its commits are the consumer's, which closes by itself.
    }

    private Map<TopicPartition, OffsetAndMetadata> fresh(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> fresh = new HashMap<>();
        committed
                .beyond(positions)
                .forEach((partition, position) -> fresh.put(partition, new OffsetAndMetadata(position)));
        return fresh;
    }
}
