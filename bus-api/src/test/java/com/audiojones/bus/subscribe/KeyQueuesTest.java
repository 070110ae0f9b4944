package com.audiojones.bus.subscribe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.consume.Work.HandOff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyQueuesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final List<String> settled = new CopyOnWriteArrayList<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final Progress progress = new Progress();
    private final Handlers handlers = new Handlers(SubscribeOptions.DEFAULTS, progress, new Gate(true));
    private List<Duration> waits = List.of(Duration.ofMillis(20), Duration.ofMillis(20));

    @Test
    void recordsOfOneKeyComeOneAfterTheOtherAlsoWhenOneFails() {
        AtomicInteger failures = new AtomicInteger(2);
        run("a", "a1", () -> failures.getAndDecrement() > 0);
        run("a", "a2", () -> false);
        run("b", "b1", () -> false);

        await().atMost(SOON).until(() -> settled.size() == 3);

        assertThat(handled).containsSubsequence("a1", "a1", "a1", "a2");
        assertThat(handled.indexOf("b1")).isLessThan(handled.lastIndexOf("a1"));
        assertThat(progress.counts())
                .extracting(SubscriptionCounts::handled, SubscriptionCounts::failedAttempts)
                .containsExactly(3L, 2L);
    }

    @Test
    void whatFailsAlwaysIsGivenUpAndTheNextOneComes() {
        run("a", "a1", () -> true);
        run("a", "a2", () -> false);

        await().atMost(SOON).until(() -> settled.size() == 2);

        assertThat(handled).containsExactly("a1", "a1", "a1", "a2");
        assertThat(letters).containsExactly("3: IllegalStateException: no");
    }

    @Test
    void nothingOvertakesARecordThatIsStopped() throws InterruptedException {
        waits = List.of(Duration.ofMinutes(1));
        List<HandlerTask> tasks = new ArrayList<>();
        tasks.add(run("a", "a1", () -> true));
        tasks.add(run("a", "a2", () -> false));
        tasks.add(run("a", "a3", () -> false));
        await().atMost(SOON).until(() -> progress.counts().failedAttempts() == 1);

        tasks.getFirst().handOff(HandOff.STRAGGLING);
        Thread.sleep(50);
        assertThat(progress.counts().inFlight()).isEqualTo(3);
        tasks.getFirst().handOff(HandOff.NOT_BEGUN);
        await().atMost(SOON).until(() -> progress.counts().inFlight() == 0);

        run("a", "a4", () -> false);
        await().atMost(SOON).until(() -> settled.contains("a4"));
        assertThat(handled).containsExactly("a1", "a4");
        assertThat(settled).containsExactly("a4");
    }

    @Test
    void whatComesWhenThePartitionIsBackIsWorkedOnBehindWhatWasUnderWay() throws InterruptedException {
        for (boolean fails : new boolean[] {true, false}) {
            settled.clear();
            handled.clear();
            CountDownLatch release = new CountDownLatch(1);
            List<HandlerTask> old = new ArrayList<>();
            old.add(run("a", "a1", () -> {
                release.await();
                return fails;
            }));
            old.add(run("a", "a2", () -> false));
            await().atMost(SOON).until(() -> handled.contains("a1"));

            old.forEach(task -> task.handOff(HandOff.NOT_BEGUN));
            run("a", "a1 again", () -> false);
            run("a", "a2 again", () -> false);
            Thread.sleep(50);
            assertThat(handled).containsExactly("a1");
            release.countDown();

            await().atMost(SOON).until(() -> settled.contains("a2 again"));
            assertThat(settled).containsSubsequence("a1 again", "a2 again");
            assertThat(progress.counts().inFlight()).isZero();
        }
    }

    @Test
    void aStoppedTaskIsWaitedForNoLonger() {
        HandlerTask stuck = run("a", "a1", () -> {
            Thread.sleep(SOON);
            return false;
        });
        await().atMost(SOON).until(() -> handled.contains("a1"));

        stuck.handOff(HandOff.ALL);
        run("a", "a1 again", () -> false);

        await().atMost(SOON.dividedBy(2)).until(() -> settled.contains("a1 again"));
    }

    @Test
    void recordsWithoutKeyWaitForNobody() {
        waits = List.of(Duration.ofMinutes(1));
        run(null, "n1", () -> true);
        run(null, "n2", () -> false);

        await().atMost(SOON).until(() -> settled.contains("n2"));
    }

    private interface Failing {
        boolean fails() throws InterruptedException;
    }

    private HandlerTask run(String key, String name, Failing failing) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("t", 0, 0, key == null ? null : key.getBytes(UTF_8), new byte[0]);
        HandlerTask task = new HandlerTask(
                name,
                number -> {
                    handled.add(name);
                    if (failing.fails()) {
                        throw new IllegalStateException("no");
                    }
                    return CompletableFuture.completedStage(null);
                },
                null,
                handlers,
                new TestCourse(),
                () -> settled.add(name));
        handlers.begin(record, task);
        return task;
    }

    private final class TestCourse implements HandlerTask.Course {

        @Override
        public int spent() {
            return 0;
        }

        @Override
        public List<Duration> waits() {
            return waits;
        }

        @Override
        public boolean retriesElsewhere(int spent, String failure, Runnable settle) {
            return false;
        }

        @Override
        public void giveUp(int spent, String failure, Runnable settle) {
            letters.add(spent + ": " + failure);
            settle.run();
        }
    }
}
