package com.audiojones.bus.sdk;

import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import java.nio.file.Path;
import java.util.Map;

/** Brokers that go and come back on the same port. */
final class Brokers {

    private Brokers() {}

    static EmbeddedBroker start(Path directory, int port) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
        new TopicAdmin(new KafkaSettings(broker.bootstrapServers(), Map.of()), TopicSizes.EMBEDDED).ensure();
        return broker;
    }
}
