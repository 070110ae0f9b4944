package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.target.Simulation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Plays the faults that a target wants simulated, so that operators can rehearse. Safe for use by many threads. */
final class Simulator {

    private final ScheduledExecutorService timer;
    private final RandomGenerator random;

    Simulator(ScheduledExecutorService timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
    }

    /** Whether this request is among those concerned. */
    boolean strikes(Simulation simulation) {
        return random.nextDouble() < simulation.rate();
    }

    /** Waits as wished, then answers as wished, never, or lets the request go. Nothing outlasts the deadline. */
    CompletableFuture<HttpOutcome> exchange(
            Simulation simulation, Duration deadline, Supplier<CompletableFuture<HttpOutcome>> sending) {
        boolean late = simulation.drop() || simulation.delay().compareTo(deadline) >= 0;
        if (late) {
            return after(
                    deadline,
                    () -> CompletableFuture.completedFuture(new HttpOutcome.Unanswered(
                            HttpError.TIMEOUT,
                            "simulated: no answer within " + deadline.toMillis() + " ms",
                            took(deadline))));
        }
        Integer status = simulation.status();
        if (status == null) {
            return after(simulation.delay(), sending);
        }
        return after(
                simulation.delay(),
                () -> CompletableFuture.completedFuture(
                        new HttpOutcome.Answered(status, null, null, "simulated", false, took(simulation.delay()))));
    }

    private CompletableFuture<HttpOutcome> after(Duration wait, Supplier<CompletableFuture<HttpOutcome>> then) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        var _ = timer.schedule(() -> over.complete(null), wait.toMillis(), TimeUnit.MILLISECONDS);
        return over.thenCompose(nothing -> then.get());
    }

    private static Timing took(Duration time) {
        return new Timing(Duration.ZERO, time);
    }
}
