package com.audiojones.bus.admin.target;

import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetTopic;
import org.apache.kafka.common.KafkaException;

/** Where a change of a target comes into force. All methods block and are safe for use by many threads. */
public interface TargetFeed {

    /**
     * Puts a target in force.
     *
     * @param target the target
     * @throws KafkaException if that did not succeed; calling again is safe
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void publish(Target target) throws InterruptedException;

    /**
     * Takes a target out of force.
     *
     * @param id the target's id
     * @throws KafkaException if that did not succeed; calling again is safe
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void publishDeletion(String id) throws InterruptedException;

    /**
     * {@return the feed that every dispatcher reads}
     *
     * @param topic the topic of the targets
     */
    static TargetFeed of(TargetTopic topic) {
        return new TargetFeed() {
            @Override
            public void publish(Target target) throws InterruptedException {
                topic.publish(target);
            }

            @Override
            public void publishDeletion(String id) throws InterruptedException {
                topic.publishDeletion(id);
            }
        };
    }
}
