package com.audiojones.bus.bench.measure;

import com.audiojones.bus.bench.receiver.Receiver;
import com.audiojones.bus.bench.report.Series;
import java.time.Duration;

/**
 * How long it took from the producer's call to the arrival, in one pass.
 *
 * @param p50Millis the median
 * @param p99Millis the 99th percentile
 */
public record Latencies(double p50Millis, double p99Millis) {

    private static final Duration LATE = Duration.ofMinutes(3);
    private static final double NANOS = 1e6;

    /**
     * Blocks until all has arrived.
     *
     * @throws IllegalStateException if something does not arrive within three minutes
     */
    public static Latencies await(Receiver receiver, String prefix, int expected) throws InterruptedException {
        int arrived = receiver.awaitCount(prefix, expected, LATE);
        if (arrived < expected) {
            throw new IllegalStateException("expected " + expected + " deliveries on " + prefix + ", got " + arrived);
        }
        long[] nanos = receiver.latencies(prefix);
        return of(nanos);
    }

    /** Of nanoseconds, sorted. */
    public static Latencies of(long[] nanos) {
        return new Latencies(Series.percentile(nanos, 0.5) / NANOS, Series.percentile(nanos, 0.99) / NANOS);
    }
}
