package com.audiojones.bus.subscribe;

import com.audiojones.bus.trace.TraceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs code of users once, within a time. Stateless. */
final class Attempt {

    private Attempt() {}

    /** What a handler does in its n-th attempt, counted from 1. */
    @FunctionalInterface
    interface Call {
        @Nullable
        CompletionStage<?> attempt(int number) throws Exception;
    }

    /** {@return why it failed, in one sentence; null: it succeeded} */
    static @Nullable String failure(Call call, int number, @Nullable String traceparent, Duration deadline)
            throws InterruptedException {
        CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual().name("event-bus-handler").start(() -> begin(call, number, traceparent, outcome));
        try {
            outcome.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (TimeoutException e) {
            thread.interrupt();
            return "the handler was not done within " + deadline;
        } catch (ExecutionException e) {
            return sentence(e.getCause() == null ? e : e.getCause());
        }
    }

    private static void begin(
            Call call, int number, @Nullable String traceparent, CompletableFuture<@Nullable Void> outcome) {
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
        while (told instanceof java.util.concurrent.CompletionException && told.getCause() != null) {
            told = told.getCause();
        }
        return told.getMessage() == null
                ? told.getClass().getSimpleName()
                : told.getClass().getSimpleName() + ": " + told.getMessage();
    }
}
