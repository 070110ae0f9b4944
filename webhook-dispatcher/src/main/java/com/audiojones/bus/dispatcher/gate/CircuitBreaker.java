package com.audiojones.bus.dispatcher.gate;

import java.time.Duration;

/**
 * Holds requests back from a target that fails. Ten failures in a row open it for one second; then one request at a time
 * probes, and every failed probe doubles the time up to four seconds. The first success closes it. Times are
 * nanoseconds of one monotonic clock. Not safe for use by many threads.
 */
final class CircuitBreaker {

    /** How many failures in a row open it. */
    static final int THRESHOLD = 10;

    static final Duration FIRST_OPEN = Duration.ofSeconds(1);
    static final Duration LONGEST_OPEN = Duration.ofSeconds(4);

    /** What the breaker is in; each state offers only what is legal in it. */
    private sealed interface State {

        /** Lets everything through; counts failures in a row. */
        record Closed(int failures) implements State {
            State failed(long now) {
                return failures + 1 < THRESHOLD ? new Closed(failures + 1) : open(now, FIRST_OPEN);
            }
        }

        /** Lets nothing through until then. */
        record Open(long until, Duration length) implements State {
            State probing() {
                return new HalfOpen(length);
            }
        }

        /** One request is under way to find out. */
        record HalfOpen(Duration length) implements State {
            State failed(long now) {
                Duration doubled = length.multipliedBy(2);
                return open(now, doubled.compareTo(LONGEST_OPEN) < 0 ? doubled : LONGEST_OPEN);
            }
        }

        private static State open(long now, Duration length) {
            return new Open(now + length.toNanos(), length);
        }
    }

    private State state = new State.Closed(0);
    private boolean hasOpened;
    private long closedNanos;

    /** Whether requests are held back, a probe under way included. */
    boolean isOpen() {
        return !(state instanceof State.Closed);
    }

    /** Whether the next request would be a probe. */
    boolean isProbeDue(long now) {
        return state instanceof State.Open open && now - open.until() >= 0;
    }

    /** How many requests may be under way besides those that are: a failing target is not given all at once. */
    int room(int inFlight) {
        return switch (state) {
            case State.Closed closed ->
                closed.failures() == 0 ? Integer.MAX_VALUE : THRESHOLD - closed.failures() - inFlight;
            case State.Open open -> 0;
            case State.HalfOpen halfOpen -> 0;
        };
    }

    /** Nanoseconds until a probe is due; 0 where it is, or where nothing is held back. */
    long nanosUntilProbe(long now) {
        return switch (state) {
            case State.Closed closed -> 0;
            case State.Open open -> Math.max(open.until() - now, 0);
            case State.HalfOpen halfOpen -> halfOpen.length().toNanos();
        };
    }

    /** A probe starts; only where one is due. */
    void probeStarts() {
        if (state instanceof State.Open open) {
            state = open.probing();
        }
    }

    /** A request succeeded, whichever: the target is back. */
    void succeeded(long now) {
        if (isOpen()) {
            hasOpened = true;
            closedNanos = now;
        }
        state = new State.Closed(0);
    }

    /** A request failed. One that was under way when the breaker opened says nothing about now, or after it closed. */
    void failed(long startedNanos, long now, boolean probe) {
        boolean outdated = hasOpened && startedNanos - closedNanos < 0;
        state = switch (state) {
            case State.Closed closed -> outdated ? closed : closed.failed(now);
            case State.Open open -> open;
            case State.HalfOpen halfOpen -> probe ? halfOpen.failed(now) : halfOpen;
        };
    }

    /** Another dispatcher found the target failing. */
    void openElsewhere(long until) {
        if (state instanceof State.Closed) {
            state = new State.Open(until, FIRST_OPEN);
        }
    }
}
