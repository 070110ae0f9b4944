package com.audiojones.bus.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A way for checked events to become durable. Safe for use by many threads. */
interface Outlet {

    /** Sends one event. Blocks for as long as the producer's buffer is full, up to the deadline. */
    CompletableFuture<Published> send(Outgoing event);

    /**
     * Blocks until everything that was sent before is durable or has failed.
     *
     * @throws PublishFailedException if that takes longer
     */
    void flush(Duration deadline) throws InterruptedException;

    PublishCounts counts();

    /** Lets what is in flight end within the time, and releases everything. What did not end fails. */
    void close(Duration deadline);
}
