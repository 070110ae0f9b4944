package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.SplittableRandom;

/** Ids for events that are published. Each thread has random numbers of its own, with a secure seed. */
final class FreshIds {

    private static final SecureRandom SEEDS = new SecureRandom();
    private static final ThreadLocal<SplittableRandom> RANDOM =
            ThreadLocal.withInitial(() -> new SplittableRandom(SEEDS.nextLong()));

    private FreshIds() {}

    static EventId next(EventFamily family, Instant now) {
        return EventId.fresh(family, now, RANDOM.get());
    }
}
