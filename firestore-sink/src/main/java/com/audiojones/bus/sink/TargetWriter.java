package com.audiojones.bus.sink;

import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetTopic;

/** Where the feed writes to. Every method returns when what it wrote is durable. */
interface TargetWriter {

    void publish(Target target) throws InterruptedException;

    void publishDeletion(String id) throws InterruptedException;

    void publishFeedMarker(String marker) throws InterruptedException;

    /** {@return the topic as a writer} */
    static TargetWriter of(TargetTopic topic) {
        return new TargetWriter() {
            @Override
            public void publish(Target target) throws InterruptedException {
                topic.publish(target);
            }

            @Override
            public void publishDeletion(String id) throws InterruptedException {
                topic.publishDeletion(id);
            }

            @Override
            public void publishFeedMarker(String marker) throws InterruptedException {
                topic.publishFeedMarker(marker);
            }
        };
    }
}
