package com.audiojones.bus.dispatcher.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * One request under way. Ends once: by an answer, a failure, its deadline or the end of the sender. Whatever ends it
 * first, the client is told to give up. Safe for use by many threads.
 */
final class Exchange implements FutureCallback<HttpOutcome.Answered> {

    private final long startedAt = System.nanoTime();
    private final CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    private volatile long connectNanos;
    private volatile @Nullable Future<?> timer;
    private volatile @Nullable Future<?> call;

    CompletableFuture<HttpOutcome> outcome() {
        return outcome;
    }

    /** Names the timer of the deadline. */
    void endsAt(Future<?> newTimer) {
        timer = newTimer;
    }

    void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Names the client's call, so that the end of the exchange ends it too. */
    void runs(Future<?> newCall) {
        call = newCall;
        if (outcome.isDone()) {
            newCall.cancel(true);
        }
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
        end(HttpError.TIMEOUT, "no complete answer within " + timing.total().toMillis() + " ms", timing);
    }

    void senderClosed() {
        end(HttpError.STOPPED, "the sender was closed before there was an answer", timing());
    }

    @Override
    public void completed(HttpOutcome.Answered answer) {
        outcome.complete(answer);
    }

    @Override
    public void failed(Exception failure) {
        String message = failure.getMessage();
        outcome.complete(new HttpOutcome.Unanswered(
                HttpError.of(failure), message == null ? String.valueOf(failure) : message, timing()));
    }

    /** The client gave up by itself, as it does when it is closed. */
    @Override
    public void cancelled() {
        senderClosed();
    }

    private void end(HttpError error, String message, Timing timing) {
        outcome.complete(new HttpOutcome.Unanswered(error, message, timing));
        Future<?> running = call;
        if (running != null) {
            running.cancel(true);
        }
    }
}
