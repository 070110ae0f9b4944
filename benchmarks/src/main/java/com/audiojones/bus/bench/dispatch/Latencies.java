package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.receiver.Receiver;
import com.audiojones.bus.bench.report.Series;
import java.time.Duration;

/**
 * How long deliveries took from the producer's call to the receiver's last byte, in one pass.
 *
 * @param p50Millis the median
 * @param p99Millis the 99th percentile
 */
record Latencies(double p50Millis, double p99Millis) {

    private static final Duration LATE = Duration.ofMinutes(3);
    private static final double NANOS = 1e6;

    /**
     * Blocks until all has arrived.
     *
     * @throws IllegalStateException if something does not arrive within three minutes
     */
    static Latencies await(Receiver receiver, String prefix, int expected) throws InterruptedException {
        int arrived = receiver.awaitCount(prefix, expected, LATE);
        if (arrived < expected) {
            throw new IllegalStateException("expected " + expected + " deliveries on " + prefix + ", got " + arrived);
        }
        long[] nanos = receiver.latencies(prefix);
        return new Latencies(Series.percentile(nanos, 0.5) / NANOS, Series.percentile(nanos, 0.99) / NANOS);
    }
}
