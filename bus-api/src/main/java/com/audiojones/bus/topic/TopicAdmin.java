package com.audiojones.bus.topic;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of the catalogue that are missing, and checks those that are there. */
public final class TopicAdmin {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMillis(50);
    private static final List<String> MUST_BE_EQUAL = List.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            TopicConfig.COMPRESSION_TYPE_CONFIG);

    private final KafkaSettings kafka;
    private final TopicSizes sizes;

    /**
     * Works on one cluster.
     *
     * @param kafka how to reach it
     * @param sizes how large missing topics are made
     */
    public TopicAdmin(KafkaSettings kafka, TopicSizes sizes) {
        this.kafka = kafka;
        this.sizes = sizes;
    }

    /**
     * Creates what is missing, waits until it can be written to, and checks what is there. Several processes may do so at once. Blocks up to 30 seconds a
     * step.
     *
     * @throws ConfigException if the cluster cannot be reached, does not allow it, or a topic breaks the catalogue; the
     *     message names every such topic with expectation and actual value
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void ensure() throws InterruptedException {
        List<TopicSpec> specs = Topics.all();
        try (Admin admin = Admin.create(kafka.admin("ajbus-topics"))) {
            Set<String> present = await(admin.listTopics().names(), "list topics");
            List<TopicSpec> missing = specs.stream()
                    .filter(spec -> !present.contains(spec.name()))
                    .toList();
            create(admin, missing);
            awaitLeaders(admin, missing);
            check(admin, specs.stream().filter(spec -> !missing.contains(spec)).toList());
        }
    }

    private void create(Admin admin, List<TopicSpec> missing) throws InterruptedException {
        CreateTopicsResult result =
                admin.createTopics(missing.stream().map(this::newTopic).toList());
        for (Map.Entry<String, KafkaFuture<Void>> created : result.values().entrySet()) {
            try {
                await(created.getValue(), "create topic " + created.getKey());
            } catch (ConfigException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /**
     * A topic that exists may not be led yet. A producer whose first batch is refused for that, and its second one is not,
     * is told for ever that the first is out of order: its records wait until they are given up.
     */
    private void awaitLeaders(Admin admin, List<TopicSpec> made) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (TopicSpec spec : made) {
            for (int partition = 0; partition < sizes.partitions(spec.size()); partition++) {
                partitions.put(new TopicPartition(spec.name(), partition), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                await(admin.listOffsets(partitions).all(), "read where the topics that were made end");
                return;
            } catch (ConfigException e) {
                if (!(e.getCause() instanceof InvalidMetadataException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(AGAIN);
            }
        }
    }

    private NewTopic newTopic(TopicSpec spec) {
        Map<String, String> config = new HashMap<>(spec.brokerConfig());
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(sizes.minInSyncReplicas()));
        return new NewTopic(spec.name(), sizes.partitions(spec.size()), sizes.replicationFactor()).configs(config);
    }

    private void check(Admin admin, List<TopicSpec> present) throws InterruptedException {
        List<ConfigResource> resources = present.stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .toList();
        Map<ConfigResource, Config> found =
                await(admin.describeConfigs(resources).all(), "read topic settings");
        Map<String, Config> byName = new HashMap<>();
        found.forEach((resource, config) -> byName.put(resource.name(), config));
        List<String> problems = new ArrayList<>();
        for (TopicSpec spec : present) {
            Config config = byName.get(spec.name());
            if (config != null) {
                problems.addAll(problems(spec, config));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static List<String> problems(TopicSpec spec, Config actual) {
        List<String> problems = new ArrayList<>();
        Map<String, String> expected = spec.brokerConfig();
        for (String key : MUST_BE_EQUAL) {
            String value = actual.get(key).value();
            String wanted = Objects.requireNonNull(expected.get(key));
            if (!value.equals(wanted)) {
                problems.add(problem(spec, key, wanted, value));
            }
        }
        String maxBytes = actual.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
        if (Integer.parseInt(maxBytes) < spec.maxMessageBytes()) {
            problems.add(problem(
                    spec, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "at least " + spec.maxMessageBytes(), maxBytes));
        }
        return problems;
    }

    private static String problem(TopicSpec spec, String key, String expected, String actual) {
        return "topic " + spec.name() + ": " + key + ": expected " + expected + ", got " + actual
                + " (change it with kafka-configs --alter, or delete the topic if it may be made anew)";
    }

    private <T> T await(KafkaFuture<T> future, String what) throws InterruptedException {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ConfigException(
                    "Kafka at " + kafka.bootstrapServers() + ": could not " + what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new ConfigException(
                    "Kafka at " + kafka.bootstrapServers() + ": could not " + what + " within " + TIMEOUT.toSeconds()
                            + " s; check kafka.bootstrap-servers and that the broker runs",
                    e);
        }
    }
}
