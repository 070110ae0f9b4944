package com.audiojones.bus.dispatcher.gate;

import java.time.Duration;

/**
 * Counts what happened lately: in the window under way and the one before. Times are nanoseconds of one monotonic clock.
 * Not safe for use by many threads.
 */
final class RecentCount {

    private final long windowNanos;
    private long current;
    private long before;
    private long sinceNanos;

    RecentCount(Duration window) {
        this.windowNanos = window.toNanos();
    }

    void add(long now) {
        if (current == 0 && before == 0) {
            sinceNanos = now;
        }
        turn(now);
        current++;
    }

    long count(long now) {
        turn(now);
        return before + current;
    }

    private void turn(long now) {
        long windows = (now - sinceNanos) / windowNanos;
        if (windows > 0) {
            before = windows == 1 ? current : 0;
            current = 0;
            sinceNanos += windows * windowNanos;
        }
    }
}
