package com.audiojones.bus.admin.replay;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.target.Targets;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Sends a target once more what failed for it. Safe for use by many threads. */
public final class Recoveries implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventStore store;
    private final Targets targets;
    private final Sending sending;
    private final Duration patience;
    private final ReplayIds ids = new ReplayIds();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Sends what a store has.
     *
     * @param store knows what failed
     * @param targets to which it may go
     * @param sending sends it
     */
    public Recoveries(EventStore store, Targets targets, Sending sending) {
        this(store, targets, sending, PATIENCE);
    }

    Recoveries(EventStore store, Targets targets, Sending sending, Duration patience) {
        this.store = store;
        this.targets = targets;
        this.sending = sending;
        this.patience = patience;
    }

    /**
     * Sends everything once more whose delivery to a target failed for good in a span of time that ends now, and has not
     * succeeded since; each event once. Blocks until all lane records are durable, but at most 10 seconds: what is left
     * then goes on in this process. Calling again sends again what has not been delivered by then.
     *
     * @param targetId the target
     * @param failedSince the beginning of the span
     * @return the recovery, as far as it has come
     * @throws RefusedException if there is no such target, it is paused, or the time is none from 1970 to now
     * @throws StoreUnavailableException if the store did not answer; some events may have been written
     * @throws KafkaException if a record could not be written; others may have been
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public Recovery start(String targetId, Instant failedSince) throws InterruptedException {
        checkTarget(targetId);
        Instant now = sending.now();
        if (failedSince.isBefore(Instant.EPOCH) || failedSince.isAfter(now)) {
            throw new RefusedException(
                    Reason.INVALID, "failedSince: expected a time from 1970 to now, got '" + failedSince + "'");
        }
        Failures failures = new Failures(targetId, failedSince, now);
        RecoveryRun run = new RecoveryRun(ids.fresh(now), failures, store.countFailed(failures), store, sending);
        return afterSomeTime(run, threads.submit(run));
    }

    private void checkTarget(String targetId) {
        Target target = targets.byId(targetId)
                .orElseThrow(() -> new RefusedException(
                        Reason.UNKNOWN, "targetId: expected the id of a target, got '" + targetId + "'"));
        if (target.options().paused()) {
            throw new RefusedException(
                    Reason.INVALID,
                    "targetId: expected a target that takes deliveries, got a paused one; set paused to false first");
        }
    }

    private Recovery afterSomeTime(RecoveryRun run, Future<Recovery> end) throws InterruptedException {
        try {
            return end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return run.soFar();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case InterruptedException cause -> throw cause;
                case null, default -> throw new IllegalStateException("a recovery throws nothing else", e);
            }
        }
    }

    /** Ends those under way between two pages. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
