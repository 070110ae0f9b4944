package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.target.Simulation;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final HttpOutcome SENT = new HttpOutcome.Answered(204, null, null, "", false, Timing.NONE);

    private final ManualTimer timer = new ManualTimer();
    private final Simulator simulator = new Simulator(timer, new Random(7));
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0, 0", "0.3, 2850, 3150", "1.0, 10000, 10000"})
    void theShareOfRequestsConcernedIsTheRate(double rate, int least, int most) {
        Simulation simulation = new Simulation(503, Duration.ZERO, false, rate);

        int struck = 0;
        for (int i = 0; i < 10_000; i++) {
            struck += simulator.strikes(simulation) ? 1 : 0;
        }

        assertThat(struck).isBetween(least, most);
    }

    @Test
    void aStatusIsAnsweredAfterTheDelayAndNothingIsSent() {
        CompletableFuture<HttpOutcome> answer = exchange(new Simulation(503, Duration.ofSeconds(2), false, 1));
        timer.advance(Duration.ofMillis(1_999));
        assertThat(answer).isNotDone();

        timer.advance(Duration.ofMillis(1));

        assertThat(answer)
                .isCompletedWithValue(new HttpOutcome.Answered(
                        503, null, null, "simulated", false, new Timing(Duration.ZERO, Duration.ofSeconds(2))));
        assertThat(sent).hasValue(0);
    }

    @Test
    void withoutAStatusTheRequestIsSentAfterTheDelay() {
        CompletableFuture<HttpOutcome> answer = exchange(new Simulation(null, Duration.ofSeconds(2), false, 1));
        timer.advance(Duration.ofMillis(1_999));
        assertThat(sent).hasValue(0);

        timer.advance(Duration.ofMillis(1));

        assertThat(answer).isCompletedWithValue(SENT);
        assertThat(sent).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"true, PT0S, ", "false, PT10S, 200", "false, PT60S, "})
    void whatIsDroppedOrTooLateTimesOutAtTheDeadline(boolean drop, Duration delay, @Nullable Integer status) {
        CompletableFuture<HttpOutcome> answer = exchange(new Simulation(status, delay, drop, 1));
        timer.advance(DEADLINE.minusMillis(1));
        assertThat(answer).isNotDone();

        timer.advance(Duration.ofMillis(1));

        assertThat(answer)
                .isCompletedWithValue(new HttpOutcome.Unanswered(
                        HttpError.TIMEOUT,
                        "simulated: no answer within 10000 ms",
                        new Timing(Duration.ZERO, DEADLINE)));
        assertThat(sent).hasValue(0);
    }

    private CompletableFuture<HttpOutcome> exchange(Simulation simulation) {
        return simulator.exchange(simulation, DEADLINE, () -> {
            sent.incrementAndGet();
            return CompletableFuture.completedFuture(SENT);
        });
    }
}
