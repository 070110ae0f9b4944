package com.audiojones.bus.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
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

    void complete(CompletableFuture<Published> outcome, Published published) {
        pool.execute(() -> outcome.complete(published));
    }

    void fail(CompletableFuture<Published> outcome, Exception failure) {
        pool.execute(() -> outcome.completeExceptionally(failure));
    }

    void tell(Runnable listener) {
        pool.execute(() -> {
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
