package com.audiojones.bus.store.firestore;

import com.google.rpc.Code;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast new collections may be written: 500 documents a second, half as many more every five minutes; and less when
 * Firestore says that it is too much. Callers wait for their turn. Safe for use by many threads.
 */
final class WriteRamp {

    private static final double FIRST_RATE = 500;
    private static final double LOWEST_RATE = 50;
    private static final double GROWTH = 1.5;
    private static final long GROWTH_NANOS = Duration.ofMinutes(5).toNanos();
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final boolean limited;
    private double rate = FIRST_RATE;
    private long raisedNanos;
    private long freeNanos;

    /**
     * @param limited whether there is a limit; an emulator has none
     * @param nanoTime the time
     */
    WriteRamp(boolean limited, LongSupplier nanoTime) {
        this.limited = limited;
        this.nanoTime = nanoTime;
        this.raisedNanos = nanoTime.getAsLong();
        this.freeNanos = raisedNanos;
    }

    /** Blocks until so many documents may be written. */
    void acquire(int documents) {
        long wait = limited ? reserve(documents) : 0;
        if (wait > 0) {
            try {
                Thread.sleep(Duration.ofNanos(wait));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return how many nanoseconds the documents have to wait} */
    synchronized long reserve(int documents) {
        long now = nanoTime.getAsLong();
        while (now - raisedNanos >= GROWTH_NANOS) {
            rate *= GROWTH;
            raisedNanos += GROWTH_NANOS;
        }
        long begin = Math.max(now, freeNanos);
        freeNanos = begin + (long) (documents / rate * NANOS);
        return begin - now;
    }

    /** Halves the rate where that is what Firestore asks for. */
    synchronized void slowDown(int code) {
        if (code == Code.RESOURCE_EXHAUSTED_VALUE) {
            rate = Math.max(LOWEST_RATE, rate / 2);
            raisedNanos = nanoTime.getAsLong();
        }
    }
}
