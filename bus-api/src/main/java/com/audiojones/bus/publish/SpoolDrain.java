package com.audiojones.bus.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in the spool to Kafka, oldest first, and tries again for as long as it takes. A thread of its own. */
final class SpoolDrain {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final int AT_ONCE = 500;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SpoolingOutlet outlet;
    private final Spool spool;
    private final Tally tally;
    private final Duration deadline;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("event-bus-spool-drain").daemon().unstarted(this::run);

    SpoolDrain(SpoolingOutlet outlet, Spool spool, Tally tally, Duration deadline) {
        this.outlet = outlet;
        this.spool = spool;
        this.tally = tally;
        this.deadline = deadline;
    }

    void start() {
        thread.start();
        wake();
    }

    /** Something went to the spool, or is about to. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Ends at once: what is in the spool stays there. */
    void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                work.acquire();
                while (outlet.isSpooling() && !drain()) {
                    if (closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the spool stays as it is until the next start");
        }
    }

    /** True: all of it is in Kafka, and so goes what comes now. */
    private boolean drain() throws InterruptedException {
        Producer<byte[], byte[]> producer = null;
        boolean taken = false;
        try {
            producer = outlet.openProducer();
            taken = drainInto(producer);
            return taken;
        } catch (IOException | RuntimeException | ExecutionException | TimeoutException e) {
            LOG.warn(
                    "{} bytes of events wait in the spool for Kafka: {}",
                    spool.bytes(),
                    String.valueOf(e.getMessage()));
            return false;
        } finally {
            if (producer != null && !taken) {
                producer.close(Duration.ZERO);
            }
        }
    }

    private boolean drainInto(Producer<byte[], byte[]> producer)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<SpoolFile.Found> oldest = spool.peek(AT_ONCE);
        while (!oldest.isEmpty() || !outlet.resume(producer)) {
            if (closing.getCount() == 0) {
                return false;
            }
            send(producer, oldest);
            oldest = spool.peek(AT_ONCE);
        }
        return true;
    }

    private void send(Producer<byte[], byte[]> producer, List<SpoolFile.Found> events)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        if (events.isEmpty()) {
            return;
        }
        List<Future<RecordMetadata>> answers = events.stream()
                .map(entry -> producer.send(entry.event().record(), (position, failure) -> {
                    if (failure != null) {
                        producer.close(Duration.ZERO);
                    }
                }))
                .toList();
        for (Future<RecordMetadata> answer : answers) {
            answer.get(2 * deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
        spool.drop(events);
        events.forEach(entry -> tally.published(entry.event()));
    }
}
