package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.target.TargetTopic;
import java.time.Instant;
import java.util.List;

/** Puts targets in force without store and sink. Closing leaves them in force. */
public final class BenchTargets implements AutoCloseable {

    /** Signs every delivery of the benchmarks. */
    static final Secret SECRET = new Secret("a-secret-of-the-benchmarks-of-32-characters");

    private final TargetTopic topic;

    public BenchTargets(KafkaSettings kafka) {
        this.topic = new TargetTopic(kafka, "bench-targets");
    }

    /** One target for all events of a type. */
    public void add(String id, String url, String eventType) throws InterruptedException {
        Instant now = Instant.now();
        topic.publish(new Target(
                id,
                url,
                SECRET,
                true,
                List.of(NamePattern.of(eventType)),
                "",
                now,
                now,
                1,
                true,
                null,
                TargetOptions.NONE));
    }

    public void remove(String id) throws InterruptedException {
        topic.publishDeletion(id);
    }

    /** Says that the set is whole; before that no dispatcher delivers. */
    public void complete() throws InterruptedException {
        topic.publishFeedMarker("{}");
    }

    @Override
    public void close() {
        topic.close();
    }
}
