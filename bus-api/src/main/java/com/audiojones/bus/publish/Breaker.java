package com.audiojones.bus.publish;

import com.audiojones.bus.publish.PublishCounts.Circuit;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens after so many failures in a row, and lets one event through when it has been open for a while: that one decides.
 * Safe for use by many threads.
 */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final CircuitBreaker breaker;
    private final int failures;
    private final Duration open;

    /**
     * @param failures how many in a row open it
     * @param open how long nothing is let through
     * @param deadline how long an event's answer may take
     */
    Breaker(int failures, Duration open, Duration deadline, Consumer<Circuit> listener) {
        this.failures = failures;
        this.open = open;
        this.breaker = CircuitBreaker.of(
                "publish",
                CircuitBreakerConfig.custom()
                        .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(open)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .maxWaitDurationInHalfOpenState(deadline.multipliedBy(2))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(listener));
    }

    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void failed(Exception reason) {
        breaker.onError(0, TimeUnit.NANOSECONDS, reason);
    }

    Circuit circuit() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> Circuit.OPEN;
            case HALF_OPEN -> Circuit.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> Circuit.CLOSED;
        };
    }

    CircuitOpenException refusal(Outgoing event) {
        return new CircuitOpenException("event " + event.id() + " for " + event.topic()
                + " was not sent: the circuit is open, as Kafka took none of the last " + failures
                + " events; it is asked again " + open.toSeconds() + " s after that");
    }

    private void changed(Consumer<Circuit> listener) {
        Circuit circuit = circuit();
        switch (circuit) {
            case OPEN ->
                LOG.error(
                        "Circuit breaker OPENED: Kafka took none of the last {} events; refuses events for {} s",
                        failures,
                        open.toSeconds());
            case HALF_OPEN -> LOG.warn("Circuit breaker HALF-OPEN: the next event tells whether Kafka is back");
            case CLOSED -> LOG.info("Circuit breaker CLOSED: Kafka takes events again");
        }
        listener.accept(circuit);
    }
}
