package com.audiojones.bus.bench.process;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker with the bus's topics, in a process of its own: its CPU time and heap are not the dispatcher's. */
public final class Broker implements AutoCloseable {

    private final Child child;
    /** What Kafka's own start script gives a broker: with a small heap its collections are what a p99 would show. */
    private static final List<String> KAFKA_START_OPTIONS = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent");

    private final KafkaSettings kafka;

    private Broker(Child child) {
        this.child = child;
        this.kafka = new KafkaSettings("127.0.0.1:" + child.port(), Map.of());
    }

    /** Starts one with an empty directory; blocks until its topics are there. */
    public static Broker start(Path directory) throws IOException, InterruptedException {
        Broker broker = new Broker(Child.start(
                "broker",
                BrokerMain.class,
                directory,
                KAFKA_START_OPTIONS,
                directory.resolve("kafka").toString()));
        new TopicAdmin(broker.kafka, TopicSizes.EMBEDDED).ensure();
        return broker;
    }

    /** How it is reached. */
    public KafkaSettings kafka() {
        return kafka;
    }

    @Override
    public void close() {
        child.close();
    }
}
