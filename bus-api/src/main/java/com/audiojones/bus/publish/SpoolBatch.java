package com.audiojones.bus.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Events of a spool that are sent together. The first failure closes the producer: nothing after it is written. */
final class SpoolBatch {

    private enum Answer {
        TAKEN,
        REFUSED
    }

    private final Producer<byte[], byte[]> producer;
    private final List<SpoolFile.Found> events;
    private final AtomicReferenceArray<@Nullable Answer> answers;
    private final CountDownLatch open;
    private volatile @Nullable Exception failure;

    SpoolBatch(Producer<byte[], byte[]> producer, List<SpoolFile.Found> events) {
        this.producer = producer;
        this.events = events;
        this.answers = new AtomicReferenceArray<>(events.size());
        this.open = new CountDownLatch(events.size());
    }

    /**
     * Sends them and waits for the answers.
     *
     * @return how many from the first one on are in Kafka
     */
    int send(Duration within) throws InterruptedException {
        for (int i = 0; i < events.size(); i++) {
            int index = i;
            try {
                var _ = producer.send(events.get(i).event().record(), (position, refusal) -> answered(index, refusal));
            } catch (RuntimeException e) {
                answered(index, e);
            }
        }
        if (!open.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
            fail(new IllegalStateException("Kafka gave no answer within " + within));
        }
        int taken = 0;
        while (taken < events.size() && answers.get(taken) == Answer.TAKEN) {
            taken++;
        }
        return taken;
    }

    /** {@return why the first one that failed did; null: none failed} */
    @Nullable
    Exception failure() {
        return failure;
    }

    private void answered(int index, @Nullable Exception refusal) {
        if (answers.compareAndSet(index, null, refusal == null ? Answer.TAKEN : Answer.REFUSED)) {
            if (refusal != null) {
                fail(refusal);
            }
            open.countDown();
        }
    }

    private synchronized void fail(Exception first) {
        if (failure == null) {
            failure = first;
            Producers.close(producer, Duration.ZERO);
        }
    }
}
