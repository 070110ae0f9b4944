package com.audiojones.bus.dispatcher.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * One request under way. Ends once: by an answer, a failure, its deadline or the end of the sender. Safe for use by many
 * threads.
 *
 * <p>Given up, it ends the client's work stage by stage. Cancelling the client's call ends a wait for a connection and
 * nothing else: once a connection was free at once, the client forgets what to cancel next.
 */
final class Exchange implements FutureCallback<HttpOutcome.Answered> {

    private final long startedAt = System.nanoTime();
    private final CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    private final Consumer<Exchange> whenEnded;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long connectNanos;
    private volatile boolean givenUp;
    private volatile @Nullable Future<?> timer;
    private volatile @Nullable Future<?> call;
    private volatile @Nullable Future<?> dial;
    private volatile @Nullable AsyncExecRuntime connection;

    /** @param whenEnded told once, by whichever thread ends it, before whoever waits for the outcome */
    Exchange(Consumer<Exchange> whenEnded) {
        this.whenEnded = whenEnded;
    }

    CompletableFuture<HttpOutcome> outcome() {
        return outcome;
    }

    /** Names the timer of the deadline. */
    void endsAt(Future<?> newTimer) {
        timer = newTimer;
    }

    /** Names the client's call. */
    void runs(Future<?> newCall) {
        call = newCall;
        endIfGivenUp();
    }

    /** Names the connection being made for it. */
    void dials(Future<?> newDial) {
        dial = newDial;
        endIfGivenUp();
    }

    /** Names what holds its connection. */
    void uses(AsyncExecRuntime newConnection) {
        connection = newConnection;
        endIfGivenUp();
    }

    /** The request has its connection. */
    void connected() {
        connectNanos = System.nanoTime() - startedAt;
    }

    Timing timing() {
        return new Timing(Duration.ofNanos(connectNanos), Duration.ofNanos(System.nanoTime() - startedAt));
    }

    void deadlinePassed() {
        Timing timing = timing();
        giveUp(HttpError.TIMEOUT, "no complete answer within " + timing.total().toMillis() + " ms", timing);
    }

    void senderClosed() {
        giveUp(HttpError.STOPPED, "the sender was closed before there was an answer", timing());
    }

    @Override
    public void completed(HttpOutcome.Answered answer) {
        end(answer);
    }

    @Override
    public void failed(Exception failure) {
        String message = failure.getMessage();
        end(new HttpOutcome.Unanswered(
                HttpError.of(failure), message == null ? String.valueOf(failure) : message, timing()));
    }

    /** The client gave up by itself, as it does when it is closed. */
    @Override
    public void cancelled() {
        senderClosed();
    }

    private void giveUp(HttpError error, String message, Timing timing) {
        if (end(new HttpOutcome.Unanswered(error, message, timing))) {
            givenUp = true;
            endIfGivenUp();
        }
    }

    /** Whether this is how it ends: what comes later changes nothing. */
    private boolean end(HttpOutcome result) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        cancel(timer, false);
        whenEnded.accept(this);
        return outcome.complete(result);
    }

    private void endIfGivenUp() {
        if (givenUp) {
            cancel(call, true);
            cancel(dial, true);
            AsyncExecRuntime held = connection;
            if (held != null) {
                held.discardEndpoint();
            }
        }
    }

    private static void cancel(@Nullable Future<?> future, boolean interrupt) {
        if (future != null) {
            future.cancel(interrupt);
        }
    }
}
