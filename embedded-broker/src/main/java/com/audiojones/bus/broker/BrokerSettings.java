package com.audiojones.bus.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The Kafka settings of an embedded broker: those that differ from Kafka's defaults, each with its reason. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String HOST = "127.0.0.1";
    static final String CLIENT_LISTENER = "CLIENT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Time for which a heartbeat vouches for the broker; a broker that was killed waits for it at its next start. */
    private static final int BROKER_SESSION_MILLIS = 2_500;

    /** The largest value of the bus is 1 MiB plus 64 KiB; the rest is room for its headers and the batch. */
    private static final int LARGEST_BATCH_BYTES = (1024 + 64 + 192) * 1024;

    private static final int INTERNAL_TOPIC_PARTITIONS = 4;

    private BrokerSettings() {}

    static Map<String, Object> of(Path directory, int clientPort, int controllerPort) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("log.dirs", directory.toAbsolutePath().toString());
        addNetwork(settings, clientPort, controllerPort);
        addQuorum(settings);
        addTopics(settings);
        addGroups(settings);
        addFootprint(settings);
        return settings;
    }

    private static void addNetwork(Map<String, Object> settings, int clientPort, int controllerPort) {
        // One node with both roles. The voter's address may change at each start: a quorum of static voters keeps
        // it in its settings, while a dynamic one would have stored the old address in its log.
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, HOST, controllerPort));
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put(
                "listener.security.protocol.map",
                "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENT_LISTENER, CONTROLLER_LISTENER));
        settings.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(CLIENT_LISTENER, HOST, clientPort, CONTROLLER_LISTENER, HOST, controllerPort));
    }

    private static void addQuorum(Map<String, Object> settings) {
        // A killed broker's registration blocks its next start until the session ends: 2.5 s instead of 9. A pause of
        // the whole JVM beyond that only fences the broker until its next heartbeat. A stop takes one more heartbeat.
        settings.put("broker.session.timeout.ms", BROKER_SESSION_MILLIS);
        settings.put("broker.heartbeat.interval.ms", BROKER_SESSION_MILLIS / 5);
        // No record every half second into the metadata log of an idle broker: nobody else follows that log.
        settings.put("metadata.max.idle.interval.ms", 0);
        // A start that waits for what never comes ends instead of hanging.
        settings.put("server.max.startup.time.ms", KafkaNode.START_LIMIT.toMillis());
    }

    private static void addTopics(Map<String, Object> settings) {
        // The topic catalogue creates topics with the right limits; a typing error must not create another one.
        settings.put("auto.create.topics.enable", false);
        settings.put("message.max.bytes", LARGEST_BATCH_BYTES);
        settings.put("replica.fetch.max.bytes", LARGEST_BATCH_BYTES);
        // Kafka's own topics: one copy is all there is, and each partition costs files and start time.
        settings.put("offsets.topic.replication.factor", (short) 1);
        settings.put("offsets.topic.num.partitions", INTERNAL_TOPIC_PARTITIONS);
        settings.put("transaction.state.log.replication.factor", (short) 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", INTERNAL_TOPIC_PARTITIONS);
        settings.put("share.coordinator.state.topic.replication.factor", (short) 1);
        settings.put("share.coordinator.state.topic.min.isr", (short) 1);
        settings.put("share.coordinator.state.topic.num.partitions", INTERNAL_TOPIC_PARTITIONS);
    }

    private static void addGroups(Map<String, Object> settings) {
        // A group of one process need not wait 3 s for more members before its first assignment.
        settings.put("group.initial.rebalance.delay.ms", 0);
        // Sessions of 6 s in production, shorter ones where a test waits for a takeover.
        settings.put("group.min.session.timeout.ms", 1_000);
        settings.put("group.consumer.min.session.timeout.ms", 1_000);
        settings.put("group.consumer.session.timeout.ms", 6_000);
        settings.put("group.consumer.min.heartbeat.interval.ms", 100);
        settings.put("group.consumer.heartbeat.interval.ms", 2_000);
    }

    private static void addFootprint(Map<String, Object> settings) {
        // Threads for one machine's clients; both roles get these numbers.
        settings.put("num.network.threads", 2);
        settings.put("num.io.threads", 3);
        settings.put("background.threads", 2);
        settings.put("group.coordinator.threads", 1);
        // 160,000 keys in one compaction pass, instead of 128 MiB of heap for 5 million.
        settings.put("log.cleaner.dedupe.buffer.size", 4L * 1024 * 1024);
        // Nothing reads this broker's JMX: without it, the start registers some thousand beans fewer.
        settings.put("metric.reporters", "");
        settings.put("metrics.jmx.exclude", ".*");
    }
}
