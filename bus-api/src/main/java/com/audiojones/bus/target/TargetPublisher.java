package com.audiojones.bus.target;

import org.apache.kafka.common.KafkaException;

/**
 * Puts targets in force for every dispatcher. Each method blocks until what it wrote is durable; calling it again after
 * a failure is safe. Safe for use by many threads.
 */
public interface TargetPublisher {

    /**
     * Puts a target in force for all events published after this returned.
     *
     * @param target the target
     * @throws KafkaException if it could not be written
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void publish(Target target) throws InterruptedException;

    /**
     * Takes a target out of force.
     *
     * @param id the target's id
     * @throws KafkaException if it could not be written
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void publishDeletion(String id) throws InterruptedException;

    /**
     * Says that a whole set of targets is in force now.
     *
     * @param marker JSON for people who read the topic
     * @throws KafkaException if it could not be written
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void publishFeedMarker(String marker) throws InterruptedException;
}
