package com.audiojones.bus.publish;

import com.audiojones.bus.publish.PublishCounts.Circuit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to Kafka; while Kafka does not take them they go to a {@link Spool}, and from there to Kafka when it is
 * back, in the order in which they were published. The first failure closes the producer at once, so nothing that was
 * published later is written before what failed; everything in flight then goes to the spool.
 */
final class SpoolingOutlet implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final Supplier<Producer<byte[], byte[]>> opening;
    private final Spool spool;
    private final SpoolForcer forcer;
    private final SpoolDrain drain;
    private final PublishListener listener;
    private final Tally tally = new Tally();
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of publishing. Guarded by the lock. */
    private final Deque<InFlight> inFlight = new ArrayDeque<>();

    /** Null while events go to the spool. Guarded by the lock. */
    private @Nullable Producer<byte[], byte[]> producer;

    private volatile boolean failing;
    private volatile boolean closed;

    SpoolingOutlet(
            Supplier<Producer<byte[], byte[]>> opening, Spool spool, Duration deadline, PublishListener listener) {
        this.opening = opening;
        this.spool = spool;
        this.forcer = new SpoolForcer(spool);
        this.listener = listener;
        if (spool.isEmpty()) {
            this.producer = opening.get();
        }
        this.drain = new SpoolDrain(this, spool, tally, deadline);
        drain.start();
    }

    @Override
    public CompletableFuture<Published> send(Outgoing event) {
        lock.lock();
        try {
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

    /** On Kafka's thread, mostly: takes no lock that a sender holds while it waits for this thread. */
    private void answered(
            Producer<byte[], byte[]> asked,
            InFlight sent,
            @Nullable RecordMetadata position,
            @Nullable Exception failure) {
        boolean ours = failure == null || failure instanceof RecordTooLargeException;
        if (ours && sent.settle()) {
            tally.landed();
            tally.settle(sent.event, sent.outcome, position, failure);
        } else if (!ours && !sent.isSettled()) {
            if (!failing) {
                LOG.warn("Kafka does not take events, they go to the spool: {}", String.valueOf(failure));
                failing = true;
            }
            asked.close(Duration.ZERO);
            drain.wake();
        }
    }

    /** Moves what is in flight into the spool, so that nothing that comes now is before it. Under the lock. */
    private void fenceIfFailing() {
        if (!failing || producer == null) {
            return;
        }
        producer.close(Duration.ZERO);
        producer = null;
        while (!inFlight.isEmpty()) {
            InFlight oldest = inFlight.removeFirst();
            if (oldest.settle()) {
                tally.landed();
                append(oldest.event, oldest.outcome);
            }
        }
        Listeners.tell(() -> listener.spoolingChanged(true));
    }

    private void append(Outgoing event, CompletableFuture<Published> outcome) {
        try {
            spool.append(event);
            tally.spooled(event);
            forcer.appended(event, outcome);
        } catch (IOException e) {
            tally.failed(event, e);
            outcome.completeExceptionally(Acknowledgements.failure(event, e));
        } catch (SpoolFullException e) {
            tally.failed(event, e);
            outcome.completeExceptionally(e);
        }
    }

    /** {@return whether events go to the spool; for the thread that empties it} */
    boolean isSpooling() {
        lock.lock();
        try {
            fenceIfFailing();
            return producer == null;
        } finally {
            lock.unlock();
        }
    }

    Producer<byte[], byte[]> openProducer() {
        return opening.get();
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
        Listeners.tell(() -> listener.spoolingChanged(false));
        return true;
    }

    @Override
    public void flush(Duration deadline) throws InterruptedException {
        List<CompletableFuture<Published>> open = new ArrayList<>();
        lock.lock();
        try {
            inFlight.stream().filter(each -> !each.isSettled()).forEach(each -> open.add(each.outcome));
            open.addAll(forcer.open());
        } finally {
            lock.unlock();
        }
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.debug("flush: an event failed, as its future tells");
        } catch (TimeoutException e) {
            throw new PublishFailedException(
                    "flush: expected every event to be durable within " + deadline + ", but some are not", e);
        }
    }

    @Override
    public PublishCounts counts() {
        return tally.counts(spool.bytes(), Circuit.CLOSED);
    }

    @Override
    public void close(Duration deadline) {
        closed = true;
        drain.close();
        lock.lock();
        try {
            if (producer != null) {
                producer.close(deadline);
                failing = inFlight.stream().anyMatch(each -> !each.isSettled());
                fenceIfFailing();
            }
            forcer.close(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
            spool.close();
        }
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
