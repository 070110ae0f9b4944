package com.audiojones.bus.dispatcher.gate;

/**
 * Limits requests per second; what is not used in a second is lost. The rate may change from call to call. Not safe for
 * use by many threads.
 */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private double tokens = 1;
    private long filledNanos;

    /** Takes a token if there is one. */
    boolean tryTake(double ratePerSecond, long now) {
        fill(ratePerSecond, now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void fill(double ratePerSecond, long now) {
        if (filledNanos == 0) {
            filledNanos = now;
        }
        double earned = (now - filledNanos) / NANOS_PER_SECOND * ratePerSecond;
        tokens = Math.min(tokens + earned, Math.max(1, ratePerSecond));
        filledNanos = now;
    }
}
