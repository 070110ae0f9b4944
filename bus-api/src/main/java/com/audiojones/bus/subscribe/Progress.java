package com.audiojones.bus.subscribe;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of records. Safe for use by many threads. */
final class Progress {

    private final LongAdder handled = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    void begun() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    void handled() {
        handled.increment();
    }

    void failed() {
        failedAttempts.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    void expired() {
        expired.increment();
    }

    SubscriptionCounts counts() {
        return new SubscriptionCounts(
                handled.sum(), failedAttempts.sum(), deadLettered.sum(), expired.sum(), inFlight.get());
    }
}
