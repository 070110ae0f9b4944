package com.audiojones.bus.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends events to Kafka, and refuses them at once while it took none of the last ones. */
final class DirectOutlet implements Outlet {

    private final Producer<byte[], byte[]> producer;
    private final Breaker breaker;
    private final Completions completions;
    private final Tally tally;

    DirectOutlet(Producer<byte[], byte[]> producer, Breaker breaker, Completions completions) {
        this.producer = producer;
        this.breaker = breaker;
        this.completions = completions;
        this.tally = new Tally(completions);
    }

    @Override
    public CompletableFuture<Published> send(Outgoing event) {
        if (!breaker.admits()) {
            tally.refused();
            return CompletableFuture.failedFuture(breaker.refusal(event));
        }
        CompletableFuture<Published> outcome = new CompletableFuture<>();
        tally.sent(event);
        try {
            var _ = producer.send(event.record(), (position, failure) -> settle(event, outcome, position, failure));
        } catch (RuntimeException e) {
            settle(event, outcome, null, e);
        }
        return outcome;
    }

    private void settle(
            Outgoing event,
            CompletableFuture<Published> outcome,
            @Nullable RecordMetadata position,
            @Nullable Exception failure) {
        tally.landed();
        if (failure == null || Faults.isOfThePublisher(failure)) {
            breaker.succeeded();
        } else {
            breaker.failed(failure);
        }
        tally.answered(event, outcome, position, failure);
    }

    @Override
    public void flush(Duration deadline) throws InterruptedException {
        Acknowledgements.flush(producer, deadline);
    }

    @Override
    public PublishCounts counts() {
        return tally.counts(0, breaker.circuit());
    }

    @Override
    public void close(Duration deadline) {
        Producers.close(producer, deadline);
        completions.close(deadline);
    }
}
