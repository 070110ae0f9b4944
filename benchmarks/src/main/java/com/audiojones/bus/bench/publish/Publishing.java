package com.audiojones.bus.bench.publish;

import java.util.function.LongConsumer;

/** A way to publish the events of the bench. */
interface Publishing extends AutoCloseable {

    /**
     * Publishes one event and returns at once.
     *
     * @param acknowledged gets {@link System#nanoTime()} when it is durable, on any thread
     */
    void publish(LongConsumer acknowledged);

    @Override
    void close();
}
