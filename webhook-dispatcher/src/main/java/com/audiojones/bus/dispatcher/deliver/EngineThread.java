package com.audiojones.bus.dispatcher.deliver;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on a thread of its own, and a tick in between. What only its tasks touch needs no lock.
 * An exception in one of them is a defect: nobody knows what state it left, so no other task runs after it.
 */
final class EngineThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(2);
    private static final int AT_ONCE = 256;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final Runnable tick;
    private final LongUnaryOperator restAfter;
    private final Consumer<RuntimeException> defect;
    private volatile boolean closing;

    /** Whether a task ended by an exception; the thread itself only. */
    private boolean failed;

    /** Whether the thread waits for a task, or is about to: only then it has to be woken. */
    private volatile boolean resting;

    /** Nanoseconds spent working since {@link #takeBusyShare} was asked last; the thread itself only. */
    private long busyNanos;

    private long measuredNanos = System.nanoTime();

    /**
     * Prepares the thread.
     *
     * @param tick run by the thread every 20 milliseconds or less often, when it is busy
     * @param restAfter how many nanoseconds to rest after having worked for as many as given
     * @param defect told by the thread, as the last it does, of the exception that ended it
     */
    EngineThread(String name, Runnable tick, LongUnaryOperator restAfter, Consumer<RuntimeException> defect) {
        this.tick = tick;
        this.restAfter = restAfter;
        this.defect = defect;
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
        if (resting) {
            resting = false;
            LockSupport.unpark(thread);
        }
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
        long ticked = System.nanoTime();
        while (!closing && !failed && !thread.isInterrupted()) {
            awaitTask();
            long begin = System.nanoTime();
            boolean worked = runSome();
            if (begin - ticked >= TICK.toNanos()) {
                ticked = begin;
                runOne(tick);
            }
            long nanos = System.nanoTime() - begin;
            busyNanos += nanos;
            if (worked) {
                rest(restAfter.applyAsLong(nanos));
            }
        }
    }

    /** Blocks until there is one, up to a tick. */
    private void awaitTask() {
        if (tasks.isEmpty()) {
            resting = true;
            if (tasks.isEmpty()) {
                LockSupport.parkNanos(this, TICK.toNanos());
            }
            resting = false;
        }
    }

    /** Rest for others' sake counts as work: the lane would do more if it might. */
    private void rest(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
            busyNanos += nanos;
        }
    }

    private boolean runSome() {
        Runnable task = tasks.poll();
        boolean any = task != null;
        for (int left = AT_ONCE; task != null; task = --left > 0 ? tasks.poll() : null) {
            runOne(task);
        }
        return any;
    }

    private void runOne(Runnable task) {
        if (closing || failed) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            failed = true;
            LOG.error("{}: ended by a defect; what was under way is done again", thread.getName(), e);
            defect.accept(e);
        }
    }
}
