package com.audiojones.bus.publish;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Events of a spool that are sent together. A failure closes the producer, so that nothing behind it is written; but not
 * that of an event which can never be written: nothing can be written before it either.
 */
final class SpoolBatch {

    private final Producer<byte[], byte[]> producer;
    private final List<SpoolFile.Found> events;
    private final AtomicReferenceArray<@Nullable Answer> answers;
    private final CountDownLatch open;

    /** What Kafka said to one event; without refusal it has it. */
    record Answer(@Nullable Exception refusal) {}

    SpoolBatch(Producer<byte[], byte[]> producer, List<SpoolFile.Found> events) {
        this.producer = producer;
        this.events = events;
        this.answers = new AtomicReferenceArray<>(events.size());
        this.open = new CountDownLatch(events.size());
    }

    /** Sends them and waits for the answers, so long at most. What is not answered then is refused. */
    void send(Duration within) throws InterruptedException {
        for (int i = 0; i < events.size(); i++) {
            int index = i;
            try {
                var _ = producer.send(events.get(i).event().record(), (position, refusal) -> answered(index, refusal));
            } catch (RuntimeException e) {
                answered(index, e);
            }
        }
        if (!open.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
            for (int i = 0; i < events.size(); i++) {
                answered(i, new IllegalStateException("Kafka gave no answer within " + within));
            }
        }
    }

    /** {@return the answer to an event; after {@link #send}} */
    Answer answer(int index) {
        return Objects.requireNonNull(answers.get(index));
    }

    private void answered(int index, @Nullable Exception refusal) {
        if (answers.compareAndSet(index, null, new Answer(refusal))) {
            if (refusal != null && !Faults.isOfTheRecord(refusal)) {
                Producers.close(producer, Duration.ZERO);
            }
            open.countDown();
        }
    }
}
