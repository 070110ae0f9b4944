package com.audiojones.bus.topic;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Makes the topics of the catalogue that are missing, and checks those that are there. */
public final class TopicAdmin {

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final KafkaSettings kafka;
    private final TopicSizes sizes;
    private final Duration step;

    /**
     * Works on one cluster, with 30 seconds for each step.
     *
     * @param kafka how to reach it
     * @param sizes how large missing topics are made
     */
    public TopicAdmin(KafkaSettings kafka, TopicSizes sizes) {
        this(kafka, sizes, STEP);
    }

    /**
     * Works on one cluster.
     *
     * @param kafka how to reach it
     * @param sizes how large missing topics are made
     * @param step how long each question to the cluster may take
     */
    public TopicAdmin(KafkaSettings kafka, TopicSizes sizes, Duration step) {
        this.kafka = kafka;
        this.sizes = sizes;
        this.step = step;
    }

    /**
     * Creates what is missing, waits until it can be written to, and checks what is there. Several processes may do so at
     * once. Blocks up to the time of a step for each of a few steps.
     *
     * @return the topics that were missing
     * @throws ConfigException if the cluster cannot be reached, does not allow it, or a topic breaks the catalogue; the
     *     message names every such topic with expectation and actual value
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public List<String> ensure() throws InterruptedException {
        Admin admin = open();
        try {
            List<TopicSpec> missing = missing(admin);
            create(admin, missing);
            awaitLeaders(admin, missing);
            throwIfAny(problems(
                    admin,
                    Topics.all().stream()
                            .filter(spec -> !missing.contains(spec))
                            .toList()));
            return missing.stream().map(TopicSpec::name).toList();
        } finally {
            admin.close(Duration.ZERO); // else it waits for what is not answered
        }
    }

    /**
     * Checks what is there, and changes nothing. Blocks like {@link #ensure}.
     *
     * @throws ConfigException if the cluster cannot be reached, does not allow it, a topic is missing or breaks the
     *     catalogue; the message names every such topic
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void check() throws InterruptedException {
        Admin admin = open();
        try {
            List<TopicSpec> missing = missing(admin);
            List<String> problems = new ArrayList<>();
            missing.forEach(spec -> problems.add(
                    "topic " + spec.name() + ": expected to be there, and that this client may see it; found none"));
            problems.addAll(problems(
                    admin,
                    Topics.all().stream()
                            .filter(spec -> !missing.contains(spec))
                            .toList()));
            throwIfAny(problems);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private Admin open() {
        try {
            return Admin.create(kafka.admin("ajbus-topics"));
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    "Kafka at " + kafka.bootstrapServers()
                            + ": expected kafka.bootstrap-servers (host:port, comma-separated) and kafka.client settings"
                            + " that its clients take, got: " + reason.getMessage(),
                    e);
        }
    }

    private List<TopicSpec> missing(Admin admin) throws InterruptedException {
        Set<String> present = await(admin.listTopics().names(), "list topics");
        return Topics.all().stream()
                .filter(spec -> !present.contains(spec.name()))
                .toList();
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
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
        long deadline = System.nanoTime() + step.toNanos();
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

    private List<String> problems(Admin admin, List<TopicSpec> present) throws InterruptedException {
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
                problems.addAll(TopicCheck.problems(spec, config));
            }
        }
        return problems;
    }

    private <T> T await(KafkaFuture<T> future, String what) throws InterruptedException {
        try {
            return future.get(step.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ConfigException(
                    "Kafka at " + kafka.bootstrapServers() + ": could not " + what + ": " + reason(e.getCause()),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new ConfigException(
                    "Kafka at " + kafka.bootstrapServers() + ": could not " + what + " within " + step.toSeconds()
                            + " s; check kafka.bootstrap-servers and that the broker runs",
                    e);
        }
    }

    private String reason(@Nullable Throwable failure) {
        return switch (failure) {
            case InvalidReplicationFactorException few ->
                "topics.replication-factor: expected at most as many as there are brokers, got "
                        + sizes.replicationFactor() + ": " + few.getMessage();
            case AuthorizationException denied ->
                "this client may not: " + denied.getMessage() + " 'ajbus topics acls' prints the rights that it needs";
            case null, default -> String.valueOf(failure);
        };
    }
}
