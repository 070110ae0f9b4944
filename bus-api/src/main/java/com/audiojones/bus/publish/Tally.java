package com.audiojones.bus.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what becomes of events. Safe for use by many threads. */
final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final LongAdder published = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spooled = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    void sent(Outgoing event) {
        inFlight.incrementAndGet();
        LOG.debug("📢 Publishing event: {} to {}", event.id(), event.topic());
    }

    /** What was sent is not in flight any more, whatever became of it. */
    void landed() {
        inFlight.decrementAndGet();
    }

    /** Tells who waits what Kafka answered. */
    void settle(
            Outgoing event,
            CompletableFuture<Published> outcome,
            @Nullable RecordMetadata position,
            @Nullable Exception failure) {
        if (failure == null && position != null) {
            published(event);
            outcome.complete(Acknowledgements.of(event, position));
        } else {
            Exception reason = failure == null ? new IllegalStateException("Kafka gave no answer") : failure;
            failed(event, reason);
            outcome.completeExceptionally(Acknowledgements.failure(event, reason));
        }
    }

    void published(Outgoing event) {
        published.increment();
        LOG.debug("✅ Event {} published: {}", event.id(), event.topic());
    }

    void failed(Outgoing event, Exception reason) {
        failed.increment();
        LOG.warn("❌ Failed to publish event: {}: {}", event.id(), reason.getMessage());
    }

    /** Events that are refused by the thousand are counted, and logged by the breaker once. */
    void refused() {
        refused.increment();
        failed.increment();
    }

    void spooled(Outgoing event) {
        spooled.increment();
        LOG.debug("event {} is in the spool", event.id());
    }

    PublishCounts counts(long spoolBytes, PublishCounts.Circuit circuit) {
        return new PublishCounts(
                published.sum(), failed.sum(), refused.sum(), spooled.sum(), inFlight.get(), spoolBytes, circuit);
    }
}
