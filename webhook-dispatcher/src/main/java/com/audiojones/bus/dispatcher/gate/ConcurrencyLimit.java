package com.audiojones.bus.dispatcher.gate;

/**
 * How many requests at a time a target is given: one more with each success until it first has enough, then one more per
 * round of successes, and half after a sign of overload. Additive increase, multiplicative decrease, as TCP does it. Not
 * safe for use by many threads.
 */
final class ConcurrencyLimit {

    static final int INITIAL = 8;
    static final int MOST = 256;

    private double limit = INITIAL;
    private double lastGood = INITIAL;
    private boolean wasCut;
    private long cutNanos;

    /** The limit now, at least 1. */
    int current(int configured) {
        return (int) Math.max(1, Math.min(limit, configured));
    }

    /** A request succeeded while as many were under way as allowed: there may be room for more. */
    void succeeded(boolean atLimit) {
        if (atLimit) {
            limit = Math.min(limit + (wasCut ? 1 / limit : 1), MOST);
        }
        lastGood = limit;
    }

    /** A request that was started at {@code startedNanos} timed out or was turned away for overload. */
    void overloaded(long startedNanos, long now) {
        if (wasCut && startedNanos - cutNanos < 0) {
            return;
        }
        wasCut = true;
        cutNanos = now;
        limit = Math.max(1, limit / 2);
    }

    /** The target is back: half of what it last took well. */
    void restored() {
        limit = Math.max(1, lastGood / 2);
    }
}
