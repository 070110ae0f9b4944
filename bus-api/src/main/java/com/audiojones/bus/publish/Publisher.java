package com.audiojones.bus.publish;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.trace.TraceContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Checks events and makes them durable. Safe for use by many threads. */
public final class Publisher implements AutoCloseable {

    private final Outlet outlet;
    private final Duration deadline;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * How events are published.
     *
     * @param clientId the producer's name in the broker's logs and metrics
     * @param deadline how long an event may wait for its acknowledgement
     * @param circuitFailures how many failures in a row open the circuit
     * @param circuitOpen for how long it stays open
     * @param spool the directory of the spool; null: none
     * @param spoolMaxBytes how large the spool may become
     * @param listener is told of changes
     */
    public record Settings(
            String clientId,
            Duration deadline,
            int circuitFailures,
            Duration circuitOpen,
            @Nullable Path spool,
            long spoolMaxBytes,
            PublishListener listener) {}

    private Publisher(Outlet outlet, Duration deadline) {
        this.outlet = outlet;
        this.deadline = deadline;
    }

    /**
     * Opens a publisher. With a spool, what is in it begins to go to Kafka.
     *
     * @param kafka how the cluster is reached
     * @param settings how events are published
     * @return the publisher
     * @throws PublishFailedException if the spool cannot be used
     */
    public static Publisher open(KafkaSettings kafka, Settings settings) {
        Supplier<Producer<byte[], byte[]>> opening =
                () -> new KafkaProducer<>(kafka.producer(settings.clientId(), settings.deadline()));
        Completions completions = new Completions();
        if (settings.spool() == null) {
            Breaker breaker = new Breaker(
                    settings.circuitFailures(),
                    settings.circuitOpen(),
                    settings.deadline(),
                    circuit -> completions.tell(() -> settings.listener().circuitChanged(circuit)));
            return new Publisher(new DirectOutlet(opening.get(), breaker, completions), settings.deadline());
        }
        try {
            return spooling(settings.spool(), opening, settings, completions);
        } catch (IOException e) {
            throw new PublishFailedException(
                    "spool " + settings.spool() + ": expected a directory for this process alone, got: "
                            + (e.getMessage() == null ? e.toString() : e.getMessage()),
                    e);
        }
    }

    private static Publisher spooling(
            Path path, Supplier<Producer<byte[], byte[]>> opening, Settings settings, Completions completions)
            throws IOException {
        SpoolDirectory directory = SpoolDirectory.open(path);
        SpoolingOutlet outlet = new SpoolingOutlet(
                opening,
                directory,
                new SpoolBudget(settings.spoolMaxBytes()),
                settings.deadline(),
                settings.listener(),
                completions);
        try {
            outlet.resume();
            return new Publisher(outlet, settings.deadline());
        } catch (IOException | RuntimeException e) {
            outlet.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Checks an event as publishing it does, and sends nothing.
     *
     * @param event the event
     * @throws RejectedEventException if the router would refuse it
     */
    public static void check(BusEvent event) {
        var _ = EventEncoder.encode(event, null);
    }

    /**
     * Checks an event that is JSON already, and sends nothing.
     *
     * @param topic an ingest topic
     * @param json the event, whole, in UTF-8
     * @throws RejectedEventException if the router would refuse it
     */
    public static void checkJson(String topic, byte[] json) {
        var _ = EventEncoder.whole(topic, null, json, null);
    }

    /**
     * Publishes one event.
     *
     * @param event the event
     * @return where it is durable; fails with a {@link PublishFailedException}
     * @throws RejectedEventException if the router would refuse it
     * @throws BusClosedException after {@link #close}
     */
    public CompletableFuture<Published> publish(BusEvent event) {
        checkOpen();
        return outlet.send(EventEncoder.encode(event, TraceContext.current()));
    }

    /**
     * Publishes an event that is JSON already.
     *
     * @param topic an ingest topic
     * @param key the ordering key; null: what the event says, blueprintId, else actor, else metadata.source
     * @param json the event, whole, in UTF-8; an id is put into it where it has none
     * @return where it is durable; fails with a {@link PublishFailedException}
     * @throws RejectedEventException if the router would refuse it
     * @throws BusClosedException after {@link #close}
     */
    public CompletableFuture<Published> publishJson(String topic, @Nullable String key, byte[] json) {
        checkOpen();
        return outlet.send(EventEncoder.whole(topic, key, json, TraceContext.current()));
    }

    /**
     * Publishes events in their order. All are checked before the first one is sent.
     *
     * @param events the events
     * @return where each is durable, in the same order; fails with the first failure when all have ended
     * @throws RejectedEventException if the router would refuse one; none is sent then
     * @throws BusClosedException after {@link #close}
     */
    public CompletableFuture<List<Published>> publishAll(Collection<? extends BusEvent> events) {
        checkOpen();
        String traceparent = TraceContext.current();
        List<Outgoing> checked = new ArrayList<>();
        for (BusEvent event : events) {
            checked.add(EventEncoder.encode(event, traceparent));
        }
        List<CompletableFuture<Published>> outcomes =
                checked.stream().map(outlet::send).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(_ -> outcomes.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Blocks until every event that was published before is durable or has failed.
     *
     * @param within how long that may take
     * @throws PublishFailedException if it takes longer
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void flush(Duration within) throws InterruptedException {
        checkOpen();
        outlet.flush(within);
    }

    /** {@return what became of the events so far} */
    public PublishCounts counts() {
        return outlet.counts();
    }

    /** {@return why events do not go to Kafka at the moment, one sentence each; empty: they do} */
    public List<String> notReady() {
        PublishCounts counts = counts();
        if (counts.circuit() != PublishCounts.Circuit.CLOSED) {
            return List.of("publisher: the circuit is open, events are refused");
        }
        return counts.spoolBytes() == 0
                ? List.of()
                : List.of("publisher: " + counts.spoolBytes() + " bytes of events wait in the spool for Kafka");
    }

    /** Closes within the deadline of an event. */
    @Override
    public void close() {
        close(deadline);
    }

    /**
     * Takes no more events, lets those in flight become durable, and releases everything. Those that do not in time fail,
     * or go to the spool where there is one. Calling it again does nothing.
     *
     * @param within how long that may take
     */
    public void close(Duration within) {
        if (closed.compareAndSet(false, true)) {
            outlet.close(within);
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new BusClosedException("publish: expected an open event bus, this one is closed");
        }
    }
}
