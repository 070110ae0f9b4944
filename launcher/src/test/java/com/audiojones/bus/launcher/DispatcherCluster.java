package com.audiojones.bus.launcher;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.testkit.FreePort;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A broker on a fixed port and dispatchers, each a process of its own, for tests that stop and kill them. No router, no
 * sink: lane records and targets are written by the test.
 */
final class DispatcherCluster implements AutoCloseable {

    static final int LANE_PARTITIONS = 4;

    private static final String MAIN = "com.audiojones.bus.launcher.Main";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern READY = Pattern.compile("^ready, health on ");

    private final Path brokerSettings;
    private final Path dispatcherSettings;
    private final KafkaSettings kafka;
    private final List<JavaProcess> dispatchers = new ArrayList<>();
    private JavaProcess broker;

    private DispatcherCluster(Path directory, int port) throws IOException, InterruptedException {
        String address = "127.0.0.1:" + port;
        this.kafka = new KafkaSettings(address, Map.of());
        this.brokerSettings = Files.writeString(
                directory.resolve("broker.conf"),
                "broker.directory = \"" + directory.resolve("kafka") + "\"\nbroker.port = " + port);
        this.dispatcherSettings = Files.writeString(
                directory.resolve("dispatcher.conf"),
                "kafka.bootstrap-servers = \"" + address + "\"\n"
                        + "topics { ingest-partitions = 1, lane-partitions = " + LANE_PARTITIONS
                        + ", replication-factor = 1 }\n"
                        + "target-secrets.in-clear = true\n"
                        + "webhook { allowed-addresses = [\"127.0.0.0/8\"], http-to-loopback = true }\n");
        this.broker = startBroker();
    }

    /** Starts the broker, makes the topics and puts the targets in force. */
    static DispatcherCluster start(Path directory, List<Target> targets) throws IOException, InterruptedException {
        DispatcherCluster cluster = new DispatcherCluster(directory, FreePort.next());
        new TopicAdmin(cluster.kafka, new TopicSizes(1, LANE_PARTITIONS, (short) 1)).ensure();
        try (TargetTopic topic = new TargetTopic(cluster.kafka, "test-targets")) {
            for (Target target : targets) {
                topic.publish(target);
            }
            topic.publishFeedMarker("{}");
        }
        return cluster;
    }

    /** A target that wants events of some names, all where none is given. */
    static Target target(String id, String url, List<NamePattern> events) {
        Instant now = Instant.now();
        Secret secret = new Secret("a-secret-of-the-test-with-32-characters");
        return new Target(id, url, secret, true, events, "", now, now, 1, true, null, TargetOptions.NONE);
    }

    KafkaSettings kafka() {
        return kafka;
    }

    /** Starts one more dispatcher; blocks until it is ready, which it is with partitions of its own. */
    JavaProcess startDispatcher() throws InterruptedException {
        JavaProcess dispatcher =
                JavaProcess.start(MAIN, List.of("dispatcher", "--config", dispatcherSettings.toString()), Map.of());
        dispatchers.add(dispatcher);
        dispatcher.awaitLine(READY, START);
        return dispatcher;
    }

    /** SIGKILL, and a new start on the same directory and port; blocks until it takes connections. */
    void killAndRestartBroker() throws InterruptedException {
        killBroker();
        restartBroker();
    }

    /** SIGKILL. */
    void killBroker() throws InterruptedException {
        broker.kill();
    }

    /** A new start on the same directory and port; blocks until it takes connections. */
    void restartBroker() throws InterruptedException {
        broker = startBroker();
    }

    @Override
    public void close() {
        dispatchers.forEach(JavaProcess::close);
        broker.close();
    }

    private JavaProcess startBroker() throws InterruptedException {
        JavaProcess process =
                JavaProcess.start(MAIN, List.of("broker", "--config", brokerSettings.toString()), Map.of());
        process.awaitLine(Pattern.compile("^Kafka on "), START);
        return process;
    }
}
