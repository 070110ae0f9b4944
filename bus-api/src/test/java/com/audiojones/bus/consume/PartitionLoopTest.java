package com.audiojones.bus.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLoopTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TOPIC = "t";
    private static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    private static final TopicPartition P1 = new TopicPartition(TOPIC, 1);

    private final Recorder recorder = new Recorder();
    private final RecordingConsumer consumer = new RecordingConsumer(recorder);
    private PartitionLoop loop;

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void recordsEndInAnyOrderAndOnlyTheSettledBeginningIsCommitted() {
        start(limits(100));
        assign(P0);
        deliver(P0, 0, 1, 2);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 3);

        recorder.settle(P0, 2);
        recorder.settle(P0, 0);

        await().atMost(SOON).until(() -> consumer.committed(P0) == 1);
        recorder.settle(P0, 1);
        await().atMost(SOON).until(() -> consumer.committed(P0) == 3);
    }

    @Test
    void whatNeverEndsIsNeverCommitted() {
        start(limits(100));
        assign(P0);
        deliver(P0, 0, 1);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 2);
        recorder.settle(P0, 1);

        loop.close();

        assertThat(consumer.committed(P0)).isEqualTo(-1);
    }

    @Test
    void aFullWindowPausesItsPartitionAndNoOther() {
        start(limits(2));
        assign(P0, P1);
        deliver(P0, 0, 1, 2, 3);
        deliver(P1, 0);

        await().atMost(SOON).until(() -> recorder.taken(P1).size() == 1 && consumer.isPaused(P0));
        assertThat(recorder.taken(P0)).containsExactly(0L, 1L);
        assertThat(consumer.isPaused(P1)).isFalse();

        recorder.settle(P0, 0);
        recorder.settle(P0, 1);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 4);
        recorder.settle(P0, 2);
        recorder.settle(P0, 3);
        await().atMost(SOON).until(() -> !consumer.isPaused(P0));
    }

    @Test
    void theBytesOfAllWindowsTogetherAreBounded() {
        start(new LoopLimits(1000, 600, Duration.ofMillis(10), Duration.ofMillis(100)));
        assign(P0, P1);
        deliver(P0, 0, 1, 2, 3, 4, 5);

        await().atMost(SOON).until(() -> consumer.isPaused(P0));

        assertThat(recorder.taken(P0)).hasSizeLessThan(6);
    }

    @Test
    void aRecordThatIsNotDueWaitsAndSoDoThoseBehindIt() {
        recorder.makeWait(1L, Duration.ofMillis(300));
        start(limits(100));
        assign(P0);
        long begin = System.nanoTime();
        deliver(P0, 0, 1, 2);

        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 1);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void beforePartitionsGoUnfinishedWorkIsHandedOffAndCommitted() {
        recorder.settleOnHandOff();
        start(limits(100));
        assign(P0, P1);
        deliver(P0, 0, 1);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 2);

        onPollThread(() -> consumer.rebalance(List.of(P1)));

        await().atMost(SOON).until(() -> consumer.committed(P0) == 2);
    }

    @Test
    void whatAnOldAssignmentComesToChangesNothing() {
        start(limits(100));
        assign(P0);
        deliver(P0, 0, 1);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 2);
        Map<Long, Runnable> old = recorder.open(P0);

        onPollThread(() -> {
            consumer.rebalance(List.of());
            consumer.rebalance(List.of(P0));
            consumer.seek(P0, 0);
        });
        deliver(P0, 0, 1);
        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 4);
        old.values().forEach(Runnable::run);
        recorder.settle(P0, 1);

        loop.close();
        assertThat(consumer.committed(P0)).isEqualTo(-1);
    }

    @Test
    void aRecordThatCannotBeHandedOverIsStillTheNextOne() {
        recorder.refuse(2);
        start(limits(100));
        assign(P0);
        deliver(P0, 0, 1);

        await().atMost(SOON).until(() -> recorder.taken(P0).size() == 2);

        assertThat(recorder.taken(P0)).containsExactly(0L, 1L);
    }

    /** Random order of ends, gaps, revocations; the oracle is the set of settled offsets. */
    @ParameterizedTest
    @ValueSource(longs = {11, 22, 33, 44})
    void noCommitIsEverAheadOfWhatIsSettled(long seed) {
        Random random = new Random(seed);
        start(limits(16));
        assign(P0, P1);
        Map<TopicPartition, Long> ends = new HashMap<>(Map.of(P0, 0L, P1, 0L));
        for (int round = 0; round < 40; round++) {
            for (TopicPartition partition : List.of(P0, P1)) {
                List<Long> offsets = new ArrayList<>();
                long offset = ends.get(partition);
                for (int i = random.nextInt(6); i > 0; i--) {
                    offsets.add(offset);
                    offset += 1 + random.nextInt(3);
                }
                ends.put(partition, offset);
                deliver(partition, offsets.stream().mapToLong(Long::longValue).toArray());
            }
            recorder.settleSome(random);
            if (random.nextInt(12) == 0) {
                reassign(ends);
            }
        }
        await().atMost(SOON).until(() -> {
            recorder.settleSome(random);
            return consumer.committed(P0) >= consumer.lastDelivered(P0)
                    && consumer.committed(P1) >= consumer.lastDelivered(P1);
        });

        assertThat(consumer.violations()).isEmpty();
    }

    /** The partitions go and come back: what was not committed is delivered again. */
    private void reassign(Map<TopicPartition, Long> ends) {
        onPollThread(() -> {
            consumer.rebalance(List.of());
            consumer.rebalance(List.of(P0, P1));
            for (TopicPartition partition : List.of(P0, P1)) {
                long from = Math.max(consumer.committed(partition), 0);
                consumer.seek(partition, from);
                consumer.deliverAgain(partition, from);
            }
        });
    }

    private void start(LoopLimits limits) {
        loop = new PartitionLoop(
                "test",
                () -> consumer,
                List.of(TOPIC),
                limits,
                recorder,
                new OffsetCommitter(limits.commitEvery(), System.nanoTime()));
        loop.start();
    }

    private static LoopLimits limits(int slots) {
        return new LoopLimits(slots, 1_000_000, Duration.ofMillis(10), Duration.ofMillis(100));
    }

    private void assign(TopicPartition... partitions) {
        onPollThread(() -> {
            consumer.rebalance(List.of(partitions));
            for (TopicPartition partition : partitions) {
                consumer.updateBeginningOffsets(Map.of(partition, 0L));
                consumer.seek(partition, 0);
            }
        });
    }

    private void deliver(TopicPartition partition, long... offsets) {
        onPollThread(() -> {
            for (long offset : offsets) {
                consumer.deliver(partition, offset);
            }
        });
    }

    private void onPollThread(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        consumer.schedulePollTask(() -> {
            task.run();
            done.countDown();
        });
        try {
            assertThat(done.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
