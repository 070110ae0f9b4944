package com.audiojones.bus.subscribe;

import com.audiojones.bus.trace.TraceContext;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs code of users once, within a time, on a virtual thread of its own. */
final class Attempt {

    private final Call call;
    private final int number;
    private final @Nullable String traceparent;
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();

    /** What a handler does in its n-th attempt, counted from 1. */
    @FunctionalInterface
    interface Call {
        @Nullable
        CompletionStage<?> attempt(int number) throws Exception;
    }

    Attempt(Call call, int number, @Nullable String traceparent) {
        this.call = call;
        this.number = number;
        this.traceparent = traceparent;
    }

    /** {@return why it failed, in one sentence; null: it succeeded} */
    @Nullable
    String failure(Duration deadline) throws InterruptedException {
        Thread thread = Thread.ofVirtual().name("event-bus-handler").start(this::begin);
        try {
            outcome.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (TimeoutException e) {
            thread.interrupt();
            return "the handler was not done within " + deadline;
        } catch (CancellationException e) {
            thread.interrupt();
            return "the attempt was abandoned";
        } catch (ExecutionException e) {
            return sentence(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Waits for it no longer, and interrupts it. Any thread. */
    void abandon() {
        outcome.cancel(false);
    }

    private void begin() {
        try {
            CompletionStage<?> stage = TraceContext.within(traceparent, () -> call.attempt(number));
            if (stage == null) {
                outcome.completeExceptionally(
                        new IllegalStateException("the handler returned null: expected a CompletionStage"));
                return;
            }
            stage.whenComplete((result, failure) -> {
                if (failure == null) {
                    outcome.complete(null);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private static String sentence(Throwable failure) {
        Throwable told = failure;
        while (told instanceof CompletionException && told.getCause() != null) {
            told = told.getCause();
        }
        String name = told.getClass().getSimpleName();
        return told.getMessage() == null ? name : name + ": " + told.getMessage();
    }
}
