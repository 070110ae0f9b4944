package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EngineThreadTest {

    private final CountDownLatch ticks = new CountDownLatch(3);
    private final BlockingQueue<RuntimeException> defects = new LinkedBlockingQueue<>();
    private final EngineThread thread = new EngineThread("engine", ticks::countDown, worked -> 0, defects::add);

    @AfterEach
    void stop() {
        thread.close();
    }

    @Test
    void tasksRunInTheOrderOfTheirSubmission() throws Exception {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> thread.submit(() -> ran.add(i)));
        thread.start();

        await();

        assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aTaskSubmittedByATaskRunsAfterAllThatWereThere() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        thread.submit(() -> thread.submit(() -> {
            ran.add("inner");
            last.complete(null);
        }));
        thread.submit(() -> ran.add("second"));
        thread.start();

        last.get(5, TimeUnit.SECONDS);

        assertThat(ran).containsExactly("second", "inner");
    }

    @Test
    void aTaskThatThrowsEndsTheThreadIsToldOnceAndNothingRunsAfterIt() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        IllegalStateException defect = new IllegalStateException("a defect");
        thread.submit(() -> {
            throw defect;
        });
        thread.submit(ran::incrementAndGet);
        thread.start();

        assertThat(defects.poll(5, TimeUnit.SECONDS)).isSameAs(defect);
        while (!thread.hasEnded()) {
            Thread.onSpinWait();
        }
        assertThat(ran).hasValue(0);
        assertThat(defects).isEmpty();
    }

    @Test
    void aTickThatThrowsEndsTheThreadToo() throws Exception {
        IllegalStateException defect = new IllegalStateException("a tick that throws");
        EngineThread ticking = new EngineThread(
                "ticking",
                () -> {
                    throw defect;
                },
                worked -> 0,
                defects::add);
        ticking.start();

        assertThat(defects.poll(5, TimeUnit.SECONDS)).isSameAs(defect);
        ticking.close();
    }

    @Test
    void itTicksWithoutTasks() throws Exception {
        thread.start();

        assertThat(ticks.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWasNotBegunAtTheCloseIsNotRun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        AtomicInteger ran = new AtomicInteger();
        thread.submit(() -> {
            begun.countDown();
            goOn.join();
            ran.incrementAndGet();
        });
        thread.submit(ran::incrementAndGet);
        thread.start();
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        Thread closer = Thread.ofPlatform().start(thread::close);
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        goOn.complete(null);
        closer.join();

        assertThat(ran).hasValue(1);
    }

    @Test
    void theBusyShareIsTakenOnce() throws Exception {
        thread.start();
        CompletableFuture<Double> share = new CompletableFuture<>();
        thread.submit(() -> {
            long now = System.nanoTime();
            thread.takeBusyShare(now);
            share.complete(thread.takeBusyShare(now + 1_000));
        });

        assertThat(share.get(5, TimeUnit.SECONDS)).isZero();
    }

    private void await() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.submit(() -> done.complete(null));
        done.get(5, TimeUnit.SECONDS);
    }
}
