package com.audiojones.bus.router.status;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a thread that failed, and the whole application's threads come to an end when that happens again and again: what
 * a restart does not mend, a person has to look at. Safe for use by many threads.
 */
final class RestartBudget implements StreamsUncaughtExceptionHandler {

    static final int RESTARTS = 10;
    static final Duration WITHIN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(RestartBudget.class);

    private final InstantSource clock;
    private final Counter counter;
    private final Deque<Long> restarts = new ArrayDeque<>();
    private volatile @Nullable String lastFailure;

    RestartBudget(InstantSource clock, Counter counter) {
        this.clock = clock;
        this.counter = counter;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = clock.millis();
        lastFailure = failure.toString();
        restarts.removeIf(at -> at <= now - WITHIN.toMillis());
        if (restarts.size() == RESTARTS) {
            LOG.error("status: {} restarts in {} did not help, ends", RESTARTS, WITHIN, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        restarts.addLast(now);
        counter.increment();
        LOG.warn("status: begins again where it had committed, restart {} of {}", restarts.size(), RESTARTS, failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** What the last thread that failed said; null: none did. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }
}
