package com.audiojones.bus.bench.measure;

import com.audiojones.bus.service.BusService;
import java.time.Duration;

/** Waits for a service. */
public final class Readiness {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    private Readiness() {}

    /** Blocks until it is ready, but a minute at most. */
    public static void await(BusService service) throws InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!service.notReady().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the " + service.name() + " is not ready: " + service.notReady());
            }
            Thread.sleep(POLL);
        }
    }
}
