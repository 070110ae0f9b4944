package com.audiojones.bus.admin;

import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetPublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.TimeoutException;

/** Remembers what was put in force, or fails as Kafka's client does when no broker answers. */
final class FakeTargetPublisher implements TargetPublisher {

    final List<Target> published = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();
    volatile boolean unavailable;

    @Override
    public void publish(Target target) {
        answer();
        published.add(target);
    }

    @Override
    public void publishDeletion(String id) {
        answer();
        deleted.add(id);
    }

    @Override
    public void publishFeedMarker(String marker) {
        throw new AssertionError("only the feed knows that a set of targets is whole");
    }

    private void answer() {
        if (unavailable) {
            throw new TimeoutException("Topic webhook.targets not present in metadata after 10000 ms.");
        }
    }
}
