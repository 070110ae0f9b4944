package com.audiojones.bus.kafka;

import com.audiojones.bus.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How the cluster is reached, and the client settings that the bus's promises rest on.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param client further settings of Kafka's clients (TLS, SASL, ...) from {@code kafka.client.*}
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> client) {

    /** The largest record of any topic of the catalogue, in bytes; the limit of every producer. */
    public static final int MAX_REQUEST_BYTES = 1088 * 1024;

    /** Settings that would break a promise: durable writes, commits only after settling, sizes of the catalogue. */
    private static final Set<String> OURS = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CommonClientConfigs.CLIENT_ID_CONFIG,
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);

    /** Copies the map in. */
    public KafkaSettings {
        client = Map.copyOf(client);
    }

    /**
     * {@return settings made by hand}
     *
     * @param bootstrapServers {@code host:port}, comma-separated
     * @param client further settings of Kafka's clients
     * @throws IllegalArgumentException if one of them would break a promise
     */
    public static KafkaSettings of(String bootstrapServers, Map<String, String> client) {
        List<String> refused = refused(client);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(refused.getFirst());
        }
        return new KafkaSettings(bootstrapServers, client);
    }

    /**
     * {@return the settings from {@code kafka.bootstrap-servers} and {@code kafka.client.*}}
     *
     * @param in where settings are read
     */
    public static KafkaSettings read(Settings in) {
        Map<String, String> client = in.below("kafka.client");
        refused(client).forEach(in::problem);
        return new KafkaSettings(in.text("kafka.bootstrap-servers", "127.0.0.1:9092"), client);
    }

    /**
     * {@return settings for an admin client}
     *
     * @param clientId the name in the broker's logs and metrics
     */
    public Map<String, Object> admin(String clientId) {
        return common(clientId);
    }

    /**
     * Settings for a producer whose acknowledged records are on all in-sync replicas, once and in order. Its linger is 0:
     * batches form by themselves under load, and nothing waits without load.
     *
     * @param clientId the name in the broker's logs and metrics
     * @return settings to make a producer of byte arrays with
     */
    public Map<String, Object> producer(String clientId) {
        Map<String, Object> config = common(clientId);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return config;
    }

    /**
     * {@return settings for a producer of which somebody waits for the answer: as {@link #producer(String)}, but a record
     * that is not acknowledged in time fails}
     *
     * @param clientId the name in the broker's logs and metrics
     * @param deadline for finding the topic, and again for the acknowledgement
     */
    public Map<String, Object> producer(String clientId, Duration deadline) {
        Map<String, Object> config = producer(clientId);
        int millis = Math.toIntExact(deadline.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        return config;
    }

    /**
     * Settings for a consumer that commits by hand. It reads what is committed: what a transaction took back never was. It
     * chooses no position by itself: where nothing is committed, or what was committed is not there any more, {@code poll}
     * throws and whoever polls says where to go on. A member that died is replaced after its session of 6 seconds.
     *
     * @param clientId the name in the broker's logs and metrics
     * @param group the consumer group
     * @return settings to make a consumer of byte arrays with
     */
    public Map<String, Object> consumer(String clientId, String group) {
        Map<String, Object> config = reader(clientId);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return config;
    }

    /**
     * {@return settings for a consumer without a group, which reads partitions it assigns itself}
     *
     * @param clientId the name in the broker's logs and metrics
     */
    public Map<String, Object> reader(String clientId) {
        Map<String, Object> config = common(clientId);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    private static List<String> refused(Map<String, String> client) {
        return client.keySet().stream()
                .filter(OURS::contains)
                .map(key ->
                        "kafka.client." + key + ": expected to be left out, the bus's promises rest on its own value")
                .toList();
    }

    private Map<String, Object> common(String clientId) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return config;
    }
}
