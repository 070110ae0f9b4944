package com.audiojones.bus.launcher;

import com.audiojones.bus.event.Priority;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** 400 events a second, spread evenly over every partition of every lane, until it is closed. */
final class SteadyLoad implements AutoCloseable {

    private static final long INTERVAL_NANOS = Duration.ofMillis(1).toNanos() * 5 / 2;
    private static final Priority[] ONE_PER_LANE = {Priority.P0, Priority.P1, Priority.P2};

    private final LanePublisher publisher;
    private final Thread thread;
    private volatile int sent;
    private volatile boolean closing;

    SteadyLoad(LanePublisher publisher) {
        this.publisher = publisher;
        this.thread = Thread.ofPlatform().name("load").daemon().start(this::run);
    }

    /** Blocks until so many events were sent. */
    void awaitSent(int count) throws InterruptedException {
        while (sent < count) {
            Thread.sleep(1);
        }
    }

    /** Blocks until a time of {@link System#nanoTime()}. */
    void awaitUntil(long nanos) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long start = System.nanoTime();
        for (int i = 0; !closing; i++) {
            int partition = i / ONE_PER_LANE.length % DispatcherCluster.LANE_PARTITIONS;
            publisher.publish("s-" + i, "steady", ONE_PER_LANE[i % ONE_PER_LANE.length], partition);
            sent = i + 1;
            LockSupport.parkNanos(start + (i + 1) * INTERVAL_NANOS - System.nanoTime());
        }
    }
}
