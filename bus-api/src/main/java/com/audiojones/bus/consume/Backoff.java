package com.audiojones.bus.consume;

import java.time.Duration;

/** How long a loop pauses after failures in a row: twice as long each time, up to five seconds. Stateless. */
final class Backoff {

    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration FIRST = Duration.ofMillis(100);

    private Backoff() {}

    /** The pause after one more failure; after the first one where there was no pause yet. */
    static Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
