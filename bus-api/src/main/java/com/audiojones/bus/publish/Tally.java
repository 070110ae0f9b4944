package com.audiojones.bus.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what becomes of events, and tells who waits. Safe for use by many threads. */
final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final Completions completions;
    private final LongAdder published = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spooled = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    Tally(Completions completions) {
        this.completions = completions;
    }

    void sent(Outgoing event) {
        inFlight.incrementAndGet();
        LOG.debug("📢 Publishing event: {} to {}", event.id(), event.topic());
    }

    /** What was sent is not in flight any more, whatever became of it. */
    void landed() {
        inFlight.decrementAndGet();
    }

    /** What Kafka answered. */
    void answered(
            Outgoing event,
            CompletableFuture<Published> outcome,
            @Nullable RecordMetadata position,
            @Nullable Exception failure) {
        if (failure == null && position != null) {
            published(event);
            completions.complete(outcome, Acknowledgements.of(event, position));
        } else {
            Exception reason = failure == null ? new IllegalStateException("Kafka gave no answer") : failure;
            failed(event, outcome, Acknowledgements.failure(event, reason));
        }
    }

    void published(Outgoing event) {
        published.increment();
        LOG.debug("✅ Event {} published: {}", event.id(), event.topic());
    }

    void failed(Outgoing event, CompletableFuture<Published> outcome, PublishFailedException reason) {
        failed.increment();
        LOG.warn("❌ Failed to publish event: {}", reason.getMessage());
        completions.fail(outcome, reason);
    }

    /** An event that was in the spool, and called durable, will never be in Kafka. */
    void setAside(Outgoing event) {
        failed.increment();
        LOG.error("❌ Failed to publish event: {} for {} was set aside from the spool", event.id(), event.topic());
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
