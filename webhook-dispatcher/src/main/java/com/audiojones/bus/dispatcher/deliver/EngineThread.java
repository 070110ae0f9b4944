package com.audiojones.bus.dispatcher.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on a thread of its own, and a tick in between. What only its tasks touch needs no lock.
 */
final class EngineThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(2);
    private static final int AT_ONCE = 256;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Runnable tick;
    private volatile boolean closing;

    /** Nanoseconds spent working since {@link #takeBusyShare} was asked last; the thread itself only. */
    private long busyNanos;

    private long measuredNanos = System.nanoTime();

    /**
     * Prepares the thread.
     *
     * @param tick run by the thread every 20 milliseconds or less often, when it is busy
     */
    EngineThread(String name, Runnable tick) {
        this.tick = tick;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the thread has ended though nobody closed it: an error beyond repair. Any thread. */
    boolean hasEnded() {
        return !closing && thread.getState() == Thread.State.TERMINATED;
    }

    /** Has a task run soon, after all that were submitted before. Any thread. */
    void submit(Runnable task) {
        tasks.add(task);
    }

    /** The share of the time since the last question in which there was work, 0 to 1. The thread itself only. */
    double takeBusyShare(long now) {
        double share = (double) busyNanos / Math.max(now - measuredNanos, 1);
        busyNanos = 0;
        measuredNanos = now;
        return share;
    }

    /** Blocks until the task at work has ended; the others are not run any more. */
    @Override
    public void close() {
        closing = true;
        submit(() -> {});
        try {
            if (thread.isAlive()) {
                thread.join(JOIN_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Runnable> batch = new ArrayList<>(AT_ONCE);
        long ticked = System.nanoTime();
        try {
            while (!closing) {
                Runnable first = tasks.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                long begin = System.nanoTime();
                if (first != null) {
                    batch.add(first);
                    tasks.drainTo(batch, AT_ONCE - 1);
                    batch.forEach(this::runOne);
                    batch.clear();
                }
                if (begin - ticked >= TICK.toNanos()) {
                    ticked = begin;
                    runOne(tick);
                }
                busyNanos += System.nanoTime() - begin;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A defect in one task must not end the lane: its record stays open and is done again by whoever takes over. */
    private void runOne(Runnable task) {
        if (closing) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("{}: a task failed", thread.getName(), e);
        }
    }
}
