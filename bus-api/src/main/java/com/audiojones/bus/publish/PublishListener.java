package com.audiojones.bus.publish;

/** Is told when publishing becomes different. Called by a thread of the bus that has nothing else to do than this and
 * to complete futures; what it throws is logged. */
public interface PublishListener {

    /** Hears nothing. */
    PublishListener NONE = new PublishListener() {};

    /**
     * The circuit breaker changed its state.
     *
     * @param circuit its state now
     */
    default void circuitChanged(PublishCounts.Circuit circuit) {}

    /**
     * Events of a topic go to the spool from now on, or go to Kafka again.
     *
     * @param topic the topic
     * @param spooling whether they go to the spool
     */
    default void spoolingChanged(String topic, boolean spooling) {}
}
