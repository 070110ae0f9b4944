package com.audiojones.bus.bench.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Does something at an even pace; what is late is caught up with at once. */
public final class Pace {

    private Pace() {}

    /**
     * Blocks for the whole time.
     *
     * @param action gets the number of the step, from 0
     * @return how many steps were made
     */
    public static int run(int perSecond, Duration time, IntConsumer action) {
        int steps = Math.toIntExact(perSecond * time.toMillis() / 1000);
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            action.accept(i);
        }
        return steps;
    }
}
