package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.lane.Lane;
import java.time.Duration;

/**
 * Lets the low lane leave the processor to the high lane: while that has something to do, the low lane's engine rests
 * twice as long as it works. Safe for use by many threads.
 */
public final class Precedence {

    private static final long LASTS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_REST_NANOS = Duration.ofMillis(20).toNanos();
    private static final int REST_PER_WORK = 2;

    private volatile long highNanos = System.nanoTime() - LASTS_NANOS;

    /** Nobody has precedence yet. */
    public Precedence() {}

    /**
     * A lane's engine has worked.
     *
     * @param workedNanos for how long
     * @return how long it is to rest now, nanoseconds
     */
    long worked(Lane lane, long workedNanos, long now) {
        return switch (lane) {
            case HIGH -> {
                highNanos = now;
                yield 0;
            }
            case STANDARD -> 0;
            case LOW -> now - highNanos < LASTS_NANOS ? Math.min(workedNanos * REST_PER_WORK, LONGEST_REST_NANOS) : 0;
        };
    }
}
