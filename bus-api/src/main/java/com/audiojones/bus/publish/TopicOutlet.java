package com.audiojones.bus.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events of one topic to Kafka; while Kafka does not take them they go to a {@link Spool}, and from there to Kafka
 * when it is back, in the order in which they were published. The first failure closes the producer at once, so nothing
 * that was published later is written before what failed; everything in flight then goes to the spool.
 */
final class TopicOutlet {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final Supplier<Producer<byte[], byte[]>> opening;
    private final Spool spool;
    private final SpoolForcer forcer;
    private final SpoolDrain drain;
    private final Consumer<Boolean> onSpooling;
    private final Tally tally;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of publishing. Guarded by the lock. */
    private final Deque<InFlight> inFlight = new ArrayDeque<>();

    /** Null while events go to the spool. Guarded by the lock. */
    private @Nullable Producer<byte[], byte[]> producer;

    private volatile boolean failing;

    /** Guarded by the lock. */
    private boolean closed;

    TopicOutlet(
            Supplier<Producer<byte[], byte[]>> opening,
            Spool spool,
            Duration deadline,
            Consumer<Boolean> onSpooling,
            Tally tally,
            Completions completions) {
        this.opening = opening;
        this.spool = spool;
        this.forcer = new SpoolForcer(spool, tally, completions);
        this.onSpooling = onSpooling;
        this.tally = tally;
        if (spool.isEmpty()) {
            this.producer = openProducer();
        }
        this.drain = new SpoolDrain(this, spool, tally, deadline);
        drain.start();
    }

    /** Blocks while the producer's buffer is full, or Kafka is asked for the topic, up to the deadline. */
    CompletableFuture<Published> send(Outgoing event) {
        lock.lock();
        try {
            if (closed) {
                throw new BusClosedException("publish: expected an open event bus, this one is closed");
            }
            fenceIfFailing();
            CompletableFuture<Published> outcome = new CompletableFuture<>();
            if (producer == null) {
                append(event, outcome);
                return outcome;
            }
            sendTo(producer, event, outcome);
            fenceIfFailing();
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private void sendTo(Producer<byte[], byte[]> open, Outgoing event, CompletableFuture<Published> outcome) {
        while (!inFlight.isEmpty() && inFlight.getFirst().isSettled()) {
            inFlight.removeFirst();
        }
        InFlight sent = new InFlight(event, outcome);
        inFlight.addLast(sent);
        tally.sent(event);
        try {
            var _ = open.send(event.record(), (position, failure) -> answered(open, sent, position, failure));
        } catch (RuntimeException e) {
            answered(open, sent, null, e);
        }
    }

    /** On Kafka's thread, mostly. It takes no lock and runs no code of users: a sender may wait for this thread. */
    private void answered(
            Producer<byte[], byte[]> asked,
            InFlight sent,
            @Nullable RecordMetadata position,
            @Nullable Exception failure) {
        boolean ends = failure == null || Faults.isOfTheRecord(failure);
        if (ends && sent.settle()) {
            tally.landed();
            tally.answered(sent.event, sent.outcome, position, failure);
        } else if (!ends && !sent.isSettled()) {
            if (!failing) {
                LOG.warn(
                        "Kafka does not take events for {}, they go to the spool: {}",
                        sent.event.topic(),
                        String.valueOf(failure));
                failing = true;
            }
            Producers.close(asked, Duration.ZERO);
            drain.wake();
        }
    }

    /** Moves what is in flight into the spool, so that nothing that comes now is before it. Under the lock. */
    private void fenceIfFailing() {
        if (!failing || producer == null) {
            return;
        }
        Producers.close(producer, Duration.ZERO);
        producer = null;
        spoolWhatIsInFlight();
        onSpooling.accept(true);
    }

    private void spoolWhatIsInFlight() {
        while (!inFlight.isEmpty()) {
            InFlight oldest = inFlight.removeFirst();
            if (oldest.settle()) {
                tally.landed();
                append(oldest.event, oldest.outcome);
            }
        }
    }

    private void append(Outgoing event, CompletableFuture<Published> outcome) {
        try {
            spool.append(event);
            tally.spooled(event);
            forcer.appended(event, outcome);
        } catch (IOException e) {
            tally.failed(event, outcome, Acknowledgements.failure(event, e));
        } catch (SpoolFullException e) {
            tally.failed(event, outcome, e);
        }
    }

    /** {@return whether events go to the spool; for the thread that empties it} */
    boolean isSpooling() {
        lock.lock();
        try {
            fenceIfFailing();
            return producer == null && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** {@return a producer; null: none can be made now, as where the address does not resolve} */
    @Nullable
    Producer<byte[], byte[]> openProducer() {
        try {
            return opening.get();
        } catch (KafkaException e) {
            LOG.warn("no producer can be made, events go to the spool: {}", String.valueOf(e.getCause()));
            return null;
        }
    }

    /** Sends to Kafka again, with a producer that has just emptied the spool. False: there is something in it again. */
    boolean resume(Producer<byte[], byte[]> emptied) {
        lock.lock();
        try {
            if (!spool.isEmpty() || closed) {
                return false;
            }
            failing = false;
            producer = emptied;
        } finally {
            lock.unlock();
        }
        LOG.info("Kafka takes events again; the spool is empty");
        onSpooling.accept(false);
        return true;
    }

    /** {@return the outcomes of events that are not durable yet} */
    List<CompletableFuture<Published>> open() {
        List<CompletableFuture<Published>> open = new ArrayList<>();
        lock.lock();
        try {
            inFlight.stream().filter(each -> !each.isSettled()).forEach(each -> open.add(each.outcome));
            open.addAll(forcer.open());
        } finally {
            lock.unlock();
        }
        return open;
    }

    /** Lets what is in flight end, moves the rest into the spool, and makes that durable. */
    void close(Duration within) {
        drain.close(within);
        lock.lock();
        try {
            if (producer != null) {
                Producers.close(producer, within);
                producer = null;
                spoolWhatIsInFlight();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        forcer.close(within);
        spool.close();
    }

    /** An event that was given to the producer. Settled once, by its answer or by the move into the spool. */
    private static final class InFlight {
        private final Outgoing event;
        private final CompletableFuture<Published> outcome;
        private boolean settled;

        InFlight(Outgoing event, CompletableFuture<Published> outcome) {
            this.event = event;
            this.outcome = outcome;
        }

        synchronized boolean settle() {
            boolean first = !settled;
            settled = true;
            return first;
        }

        synchronized boolean isSettled() {
            return settled;
        }
    }
}
