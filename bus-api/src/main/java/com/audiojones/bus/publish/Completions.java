package com.audiojones.bus.publish;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes futures of users, and calls their listeners, on threads of its own: whatever they do there, Kafka's thread
 * and the locks of this package are free. A callback that waits for another future gets another thread beside it. Safe
 * for use by many threads.
 */
final class Completions {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final int MOST_THREADS = 256;

    /** One thread as a rule, so that futures complete in the order of acknowledgement. */
    private final ForkJoinPool pool = new ForkJoinPool(
            1,
            ForkJoinPool.defaultForkJoinWorkerThreadFactory,
            null,
            true,
            0,
            MOST_THREADS,
            1,
            null,
            1,
            TimeUnit.MINUTES);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a run is scheduled and has not begun. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    void complete(CompletableFuture<Published> outcome, Published published) {
        add(() -> outcome.complete(published));
    }

    void fail(CompletableFuture<Published> outcome, Exception failure) {
        add(() -> outcome.completeExceptionally(failure));
    }

    private void add(Runnable completion) {
        waiting.add(completion);
        schedule();
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            pool.execute(this::run);
        }
    }

    /** Another run is at hand before each completion: where that blocks, what waits behind it is done there. */
    private void run() {
        scheduled.set(false);
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!waiting.isEmpty()) {
                schedule();
            }
            next.run();
        }
    }

    void tell(Runnable listener) {
        add(() -> {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("a listener failed: {}", e.toString());
            }
        });
    }

    /** Lets what is to be completed be completed, for a while. A callback may call this: it is not waited for then. */
    void close(Duration deadline) {
        pool.shutdown();
        boolean own = pool.equals(ForkJoinTask.getPool());
        try {
            if (!own && !pool.awaitTermination(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("callbacks of published events have not ended within {}", deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
