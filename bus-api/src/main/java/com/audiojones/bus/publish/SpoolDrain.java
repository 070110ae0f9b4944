package com.audiojones.bus.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in a spool to Kafka, oldest first, and tries again for as long as it takes. A thread of its own. */
final class SpoolDrain {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final int AT_ONCE = 500;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final TopicOutlet outlet;
    private final Spool spool;
    private final Tally tally;
    private final Duration deadline;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("event-bus-spool-drain").daemon().unstarted(this::run);

    SpoolDrain(TopicOutlet outlet, Spool spool, Tally tally, Duration deadline) {
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

    /** Ends soon: what is in the spool stays there. */
    void close(Duration within) {
        closing.countDown();
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.join(within)) {
                LOG.warn("the spool is still being sent {} after its end was asked for", within);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
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
        Producer<byte[], byte[]> producer = outlet.openProducer();
        if (producer == null) {
            return false;
        }
        boolean taken = false;
        try {
            taken = drainInto(producer);
            return taken;
        } catch (IOException | RuntimeException e) {
            if (closing.getCount() > 0) {
                LOG.warn("{} bytes of events wait in the spool: {}", spool.bytes(), e.toString());
            }
            return false;
        } finally {
            if (!taken) {
                Producers.close(producer, Duration.ZERO);
            }
        }
    }

    private boolean drainInto(Producer<byte[], byte[]> producer) throws IOException, InterruptedException {
        List<SpoolFile.Found> oldest = spool.peek(AT_ONCE);
        while (!oldest.isEmpty() || !outlet.resume(producer)) {
            if (closing.getCount() == 0 || !oldest.isEmpty() && !send(producer, oldest)) {
                return false;
            }
            oldest = spool.peek(AT_ONCE);
        }
        return true;
    }

    /** Goes on to the first event that Kafka did not take and may take later. False: there is one. */
    private boolean send(Producer<byte[], byte[]> producer, List<SpoolFile.Found> events)
            throws IOException, InterruptedException {
        SpoolBatch batch = new SpoolBatch(producer, events);
        batch.send(deadline.multipliedBy(2));
        for (int i = 0; i < events.size(); i++) {
            SpoolFile.Found entry = events.get(i);
            Exception refusal = batch.answer(i).refusal();
            if (refusal == null) {
                spool.drop(entry);
                tally.published(entry.event());
            } else if (Faults.isOfTheRecord(refusal)) {
                spool.setAside(entry, refusal);
                tally.setAside(entry.event());
            } else {
                LOG.warn("{} bytes of events wait in the spool: {}", spool.bytes(), refusal.toString());
                return false;
            }
        }
        return true;
    }
}
