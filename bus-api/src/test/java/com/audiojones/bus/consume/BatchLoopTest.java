package com.audiojones.bus.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchLoopTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final long DEADLINE_SECONDS = 10;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final BlockingQueue<List<Long>> batches = new LinkedBlockingQueue<>();
    private volatile boolean failing;
    private final BatchLoop loop = new BatchLoop("loop", () -> consumer, List.of("t"), this::settle);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aSettledBatchIsCommittedUpToItsEnd() throws InterruptedException {
        startWith(0, 1, 2);

        assertThat(batches.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).containsExactly(0L, 1L, 2L);
        awaitCommitted(3);
        assertThat(loop.notReady()).isEmpty();
    }

    @Test
    void aBatchThatIsNotSettledIsHandedOverAgainAndNothingIsCommitted() throws InterruptedException {
        failing = true;
        startWith(0, 1);
        assertThat(batches.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).containsExactly(0L, 1L);
        assertThat(committed()).isNull();
        assertThat(batches.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).containsExactly(0L, 1L);
        assertThat(loop.notReady()).containsExactly("loop: tries again after: not now");

        failing = false;

        awaitCommitted(2);
    }

    @Test
    void aConsumerThatCannotBeMadeIsAReasonNotToBeReady() {
        BatchLoop hopeless = new BatchLoop(
                "hopeless",
                () -> {
                    throw new KafkaException("no such host");
                },
                List.of("t"),
                this::settle);

        hopeless.start();

        awaitNotReady(hopeless, "hopeless: cannot consume: no such host");
        hopeless.close();
    }

    @Test
    void aLongBatchDoesNotKeepTheLoopFromPolling() throws InterruptedException {
        CountDownLatch polledMeanwhile = new CountDownLatch(1);
        BatchLoop patient = new BatchLoop("patient", () -> consumer, List.of("t"), batch -> {
            consumer.schedulePollTask(polledMeanwhile::countDown);
            if (!polledMeanwhile.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new KafkaException("nobody polled while the batch was being settled");
            }
        });
        feed(1, 0);

        patient.start();

        awaitCommitted(1);
        assertThat(patient.notReady()).isEmpty();
        patient.close();
    }

    @Test
    void aLoopThatHasEndedIsNotReady() throws InterruptedException {
        startWith(0);
        awaitCommitted(1);

        loop.close();

        assertThat(loop.notReady()).containsExactly("loop: has ended");
    }

    @Test
    void closingBeforeTheStartDoesNothing() {
        loop.close();

        assertThat(loop.notReady()).containsExactly("loop: waits for its partitions");
    }

    private void settle(ConsumerRecords<byte[], byte[]> batch) {
        List<Long> offsets =
                batch.records(PARTITION).stream().map(ConsumerRecord::offset).toList();
        batches.add(offsets);
        if (failing) {
            throw new KafkaException("not now");
        }
    }

    /** The mock keeps no record that was polled: every poll brings those from the position on. */
    private void startWith(long... offsets) {
        feed(100, offsets);
        loop.start();
    }

    private void feed(int polls, long... offsets) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        for (int poll = 0; poll < polls; poll++) {
            consumer.schedulePollTask(() -> {
                long position = consumer.position(PARTITION);
                for (long offset : offsets) {
                    if (offset >= position) {
                        consumer.addRecord(new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0]));
                    }
                }
            });
        }
    }

    private OffsetAndMetadata committed() {
        synchronized (consumer) {
            return consumer.committed(Set.of(PARTITION)).get(PARTITION);
        }
    }

    private static void awaitNotReady(BatchLoop loop, String reason) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!loop.notReady().equals(List.of(reason))) {
            assertThat(System.nanoTime())
                    .as("not ready for %s", loop.notReady())
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void awaitCommitted(long offset) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (committed() == null || committed().offset() != offset) {
            assertThat(System.nanoTime()).as("committed is %s", committed()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
