package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pair of event and target in hand. Engine thread only, but for running {@code settled}. */
final class Pair {

    private final LaneEvent event;
    private final boolean retried;
    private final long arrivedNanos;
    private final Runnable settled;
    private PairHeaders headers;
    private Stage stage = Stage.WAITING;

    /** How far a pair has come. */
    enum Stage {
        /** Waits for a request to start. */
        WAITING,
        /** A request is under way. */
        REQUESTED,
        /** A request is under way, and a copy in a retry topic owns the pair. */
        GIVEN_AWAY,
        /** Its outcome is being written. */
        ENDED
    }

    /**
     * A pair that may be sent.
     *
     * @param retried whether it comes from a retry topic: it waits there for its target, and is not parked again
     * @param arrivedNanos when it came in hand, monotonic
     * @param settled to be run when its outcome is durable
     */
    Pair(LaneEvent event, PairHeaders headers, boolean retried, long arrivedNanos, Runnable settled) {
        this.event = event;
        this.headers = headers;
        this.retried = retried;
        this.arrivedNanos = arrivedNanos;
        this.settled = settled;
    }

    LaneEvent event() {
        return event;
    }

    PairHeaders headers() {
        return headers;
    }

    String targetId() {
        return headers.targetId();
    }

    boolean isRetried() {
        return retried;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    Runnable settled() {
        return settled;
    }

    Stage stage() {
        return stage;
    }

    void enter(Stage next) {
        stage = next;
    }

    /** A key by which copies of the pair are known to be the same. */
    String identity() {
        return event.id() + '\u001f' + targetId() + '\u001f' + event.headers().replayId();
    }

    /** A request has started. */
    void requested(long targetRevision) {
        headers = new PairHeaders(
                headers.targetId(),
                targetRevision,
                headers.attempts(),
                headers.requests() + 1,
                headers.deferrals(),
                false,
                headers.firstSeen(),
                headers.notBefore(),
                headers.matched(),
                headers.origin(),
                headers.lastFailure());
        stage = Stage.REQUESTED;
    }

    /** The request under way counts as an attempt. */
    void attempted() {
        headers = with(headers.attempts() + 1, headers.deferrals(), false, headers.notBefore(), headers.lastFailure());
    }

    /** The request under way failed. */
    void failed(LastFailure failure) {
        headers = with(headers.attempts(), headers.deferrals(), false, headers.notBefore(), failure);
    }

    /** It is put off for its target's sake. */
    void deferred() {
        headers = with(headers.attempts(), headers.deferrals() + 1, true, headers.notBefore(), headers.lastFailure());
    }

    /** Its headers with another due time. */
    PairHeaders due(Instant notBefore) {
        return with(headers.attempts(), headers.deferrals(), headers.parked(), notBefore, headers.lastFailure());
    }

    private PairHeaders with(
            int attempts, int deferrals, boolean parked, Instant notBefore, @Nullable LastFailure failure) {
        return new PairHeaders(
                headers.targetId(),
                headers.targetRevision(),
                attempts,
                headers.requests(),
                deferrals,
                parked,
                headers.firstSeen(),
                notBefore,
                headers.matched(),
                headers.origin(),
                failure);
    }
}
