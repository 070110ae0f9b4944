package com.audiojones.bus.testkit;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.TopicSizes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Three brokers, controllers as well, each a process of its own that runs Kafka's own main class. */
public final class TestCluster implements AutoCloseable {

    /** As many copies as there are brokers, two of which must have a record before it counts as written. */
    public static final TopicSizes SIZES = new TopicSizes(3, 3, (short) 3);

    private static final int NODES = 3;
    private static final int STARTS = 3;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Path directory;
    private final List<Integer> ports;
    private final List<Integer> controllerPorts;
    private final List<JavaProcess> brokers = new ArrayList<>();

    private TestCluster(Path directory) {
        List<Integer> free = IntStream.generate(FreePort::next)
                .distinct()
                .limit(2 * NODES)
                .boxed()
                .toList();
        this.directory = directory;
        this.ports = free.subList(0, NODES);
        this.controllerPorts = free.subList(NODES, 2 * NODES);
    }

    /**
     * Starts three brokers; blocks until all of them are there. Where one cannot start, as when another process was
     * faster to take its port, all are started anew on other ports, a few times.
     *
     * @param directory where they keep their logs
     * @throws AssertionError if they are not there in time; with what they printed
     */
    public static TestCluster start(Path directory) throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            TestCluster cluster = new TestCluster(directory.resolve("start-" + start));
            try {
                cluster.startAll();
                return cluster;
            } catch (AssertionError e) {
                cluster.close();
                if (start == STARTS) {
                    throw e;
                }
                System.getLogger(TestCluster.class.getName())
                        .log(System.Logger.Level.WARNING, "starts again: " + e.getMessage());
            }
        }
    }

    private void startAll() throws IOException, InterruptedException {
        String clusterId = Uuid.randomUuid().toString();
        for (int node = 0; node < NODES; node++) {
            format(node, clusterId);
        }
        for (int node = 0; node < NODES; node++) {
            brokers.add(broker(node));
        }
        awaitBrokers();
    }

    /** {@return how it is reached} */
    public KafkaSettings kafka() {
        String servers = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        return new KafkaSettings(servers, Map.of());
    }

    /** SIGKILL to one of the brokers, 0 to 2. */
    public void kill(int node) throws InterruptedException {
        brokers.get(node).kill();
    }

    /** Starts one that was killed over its own log; blocks until all three are there. */
    public void restart(int node) throws InterruptedException {
        brokers.set(node, broker(node));
        awaitBrokers();
    }

    @Override
    public void close() {
        brokers.forEach(JavaProcess::close);
    }

    private JavaProcess broker(int node) {
        return JavaProcess.start(
                List.of("-Dlogback.configurationFile=logback-broker.xml"),
                Kafka.class.getName(),
                List.of(settings(node).toString()),
                Map.of());
    }

    private void format(int node, String clusterId) throws IOException {
        Files.createDirectories(directory);
        try (var out = Files.newBufferedWriter(settings(node))) {
            properties(node).store(out, null);
        }
        int status = StorageTool.execute(
                new String[] {
                    "format",
                    "--cluster-id",
                    clusterId,
                    "--config",
                    settings(node).toString()
                },
                new PrintStream(PrintStream.nullOutputStream()));
        if (status != 0) {
            throw new IOException("the directory of broker " + node + " could not be formatted, status " + status);
        }
    }

    private Path settings(int node) {
        return directory.resolve("broker-" + node + ".properties");
    }

    private Properties properties(int node) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(node));
        properties.setProperty(
                "controller.quorum.voters",
                IntStream.range(0, NODES)
                        .mapToObj(voter -> voter + "@127.0.0.1:" + controllerPorts.get(voter))
                        .collect(Collectors.joining(",")));
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.get(node) + ",CONTROLLER://127.0.0.1:" + controllerPorts.get(node));
        properties.setProperty("log.dirs", directory.resolve("broker-" + node).toString());
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("default.replication.factor", "3");
        properties.setProperty("offsets.topic.num.partitions", "3");
        properties.setProperty("transaction.state.log.num.partitions", "3");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // Kafka's default for the cleaner alone is 128 MiB, half of the heap that each of these processes has.
        properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        // A broker that was killed is replaced as leader after this.
        properties.setProperty("broker.session.timeout.ms", "4000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        return properties;
    }

    private void awaitBrokers() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        try (Admin admin = Admin.create(kafka().admin("test-cluster"))) {
            while (System.nanoTime() < deadline && brokers.stream().allMatch(JavaProcess::isAlive)) {
                if (isComplete(admin)) {
                    return;
                }
                Thread.sleep(POLL);
            }
        }
        throw new AssertionError(NODES + " brokers were not there in time:\n"
                + brokers.stream()
                        .map(broker -> String.join("\n", broker.output()))
                        .collect(Collectors.joining("\n--\n")));
    }

    private static boolean isComplete(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).size() == NODES;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
