package com.audiojones.bus.router.status;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RestartBudget budget = new RestartBudget(now::get, new SimpleMeterRegistry().counter("restarts"));

    @Test
    void aThreadThatFailsAgainAndAgainIsTheEnd() {
        for (int i = 0; i < RestartBudget.RESTARTS; i++) {
            assertThat(budget.handle(new IllegalStateException("failure " + i))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(budget.handle(new IllegalStateException("once too often"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(budget.lastFailure()).contains("once too often");
    }

    @Test
    void failuresFarApartAreNoReasonToEnd() {
        for (int i = 0; i < 2 * RestartBudget.RESTARTS; i++) {
            assertThat(budget.handle(new IllegalStateException("failure"))).isEqualTo(REPLACE_THREAD);
            now.updateAndGet(at -> at.plus(RestartBudget.WITHIN.dividedBy(RestartBudget.RESTARTS)));
        }
    }
}
