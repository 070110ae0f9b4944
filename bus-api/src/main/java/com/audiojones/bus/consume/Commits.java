package com.audiojones.bus.consume;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How a loop makes positions durable: one commit under way at a time, never a position below one committed before. */
interface Commits extends AutoCloseable {

    /** Whether a commit may be begun again. Poll thread only, as all methods. */
    boolean isDue(Consumer<?, ?> consumer, long nowNanos);

    /** Begins to commit what is new, and does not wait; what fails is made up for by the next. */
    void commitAsync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions, long nowNanos);

    /** Commits for certain what is new. */
    void commitSync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions);

    /** Forgets a partition that went. */
    void forget(TopicPartition partition);

    /** Forgets a consumer that went, with whatever was under way. */
    void reset();

    @Override
    void close();
}
