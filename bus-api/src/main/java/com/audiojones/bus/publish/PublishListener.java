package com.audiojones.bus.publish;

/** Is told when publishing becomes different. Called by threads of the bus; returns soon, what it throws is logged. */
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
     * Events go to the spool from now on, or go to Kafka again.
     *
     * @param spooling whether they go to the spool
     */
    default void spoolingChanged(boolean spooling) {}
}
