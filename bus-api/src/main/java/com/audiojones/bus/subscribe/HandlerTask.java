package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record on its way through a handler: attempts with waits between them, then what is done when all have failed. Runs
 * on a virtual thread. A task that is stopped is not settled; its record is handed over again.
 */
final class HandlerTask implements Work {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final String what;
    private final Attempt.Call call;
    private final @Nullable String traceparent;
    private final Handlers handlers;
    private final Course course;
    private final Runnable settled;
    private final CountDownLatch draining = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile @Nullable Attempt attempt;

    /** Which assignment of the partition it is of, counted by the queue of its key. Guarded by the queues. */
    private int epoch;

    /** What follows from an attempt that failed. */
    private enum Next {
        ATTEMPT,
        SETTLED,
        STOPPED
    }

    /** What becomes of a record whose attempts fail. */
    interface Course {

        /** How many attempts were spent before. */
        int spent();

        /** The waits between attempts. */
        List<Duration> waits();

        /** An attempt failed and another one is due: true if that is cared for elsewhere, and the task is over. */
        boolean retriesElsewhere(int spent, String failure, Runnable settle);

        /** All attempts failed. */
        void giveUp(int spent, String failure, Runnable settle);
    }

    HandlerTask(
            String what,
            Attempt.Call call,
            @Nullable String traceparent,
            Handlers handlers,
            Course course,
            Runnable settled) {
        this.what = what;
        this.call = call;
        this.traceparent = traceparent;
        this.handlers = handlers;
        this.course = course;
        this.settled = settled;
    }

    /** What was taken on may end within the loop's grace, or much of what ended before would be done again. */
    @Override
    public void handOff(HandOff extent) {
        switch (extent) {
            case NOT_BEGUN -> draining.countDown();
            case ALL, FORGET -> stop();
            case STRAGGLING -> LOG.debug("{} holds up the commit of its partition", what);
        }
    }

    /** Begins no further attempt, and abandons the one under way. */
    void stop() {
        stopped = true;
        draining.countDown();
        Attempt current = attempt;
        if (current != null) {
            current.abandon();
        }
    }

    /** Whether its partition goes, or has gone. */
    boolean isEnding() {
        return draining.getCount() == 0;
    }

    int epoch() {
        return epoch;
    }

    void setEpoch(int assignment) {
        epoch = assignment;
    }

    /** {@return whether the next record of the same key may begin} */
    boolean run() {
        try {
            return attempts();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            handlers.progress().ended();
        }
    }

    private boolean attempts() throws InterruptedException {
        int spent = course.spent();
        Next next = Next.ATTEMPT;
        while (!stopped && next == Next.ATTEMPT) {
            Attempt current = new Attempt(this::begin, spent + 1, traceparent);
            attempt = current;
            String failure = handlers.failure(current);
            if (failure == null) {
                handlers.progress().handled();
                settled.run();
                return true;
            }
            spent++;
            handlers.progress().failed();
            next = afterFailure(spent, failure);
        }
        return next == Next.SETTLED;
    }

    private Next afterFailure(int spent, String failure) throws InterruptedException {
        List<Duration> waits = course.waits();
        if (isEnding()) {
            LOG.info("{}: attempt {} failed while its partition went, it comes again: {}", what, spent, failure);
            return Next.STOPPED;
        }
        if (spent > waits.size()) {
            LOG.warn("{} is given up after {} attempts: {}", what, spent, failure);
            return settles(spent, failure) ? Next.SETTLED : Next.STOPPED;
        }
        Duration wait = waits.get(spent - 1);
        LOG.warn("{}: attempt {} of {} failed, next in {}: {}", what, spent, waits.size() + 1, wait, failure);
        if (course.retriesElsewhere(spent, failure, settled)) {
            return Next.SETTLED;
        }
        return draining.await(wait.toMillis(), TimeUnit.MILLISECONDS) ? Next.STOPPED : Next.ATTEMPT;
    }

    /** It may have been stopped while it waited for its turn. */
    private @Nullable CompletionStage<?> begin(int number) throws Exception {
        if (stopped) {
            throw new CancellationException("stopped before it began");
        }
        return call.attempt(number);
    }

    /** Waits for the dead letter to be durable: only then may the next record of the key begin. */
    private boolean settles(int spent, String failure) throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(1);
        course.giveUp(spent, failure, () -> {
            settled.run();
            durable.countDown();
        });
        while (!durable.await(1, TimeUnit.SECONDS)) {
            if (stopped) {
                return false;
            }
        }
        return true;
    }
}
