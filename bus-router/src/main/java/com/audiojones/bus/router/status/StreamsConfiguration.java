package com.audiojones.bus.router.status;

import com.audiojones.bus.kafka.KafkaSettings;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that matter, each with its reason. */
final class StreamsConfiguration {

    /** Names the consumer group, the topics of its own and the transactions: another name is another application. */
    static final String APPLICATION = "ajbus-status";

    private static final int COMMIT_MILLIS = 1_000;
    private static final long CACHE_BYTES = 16L * 1024 * 1024;
    private static final int SESSION_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 3_000;
    private static final int TRANSACTION_MILLIS = 15_000;
    private static final int LINGER_MILLIS = 50;

    private StreamsConfiguration() {}

    static Properties of(KafkaSettings kafka, StatusSettings settings, short replicationFactor) {
        Properties config = new Properties();
        config.putAll(kafka.admin(APPLICATION));
        config.putAll(guarantees());
        config.putAll(sizes(settings, replicationFactor));
        config.putAll(clients());
        return config;
    }

    private static Map<String, Object> guarantees() {
        return Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                APPLICATION,
                // Counts are sums of changes: a change that is added twice, or not at all, stays wrong for good.
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                // A transaction each second instead of ten: nobody looks at these figures more often.
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                COMMIT_MILLIS,
                // State under a name that changes with the code before it would be lost with the next version.
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                true,
                // A record nobody can read is kept in quarantine and passed over; any other failure is not the
                // record's.
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                UnusableRecords.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                UnusableRecords.class);
    }

    private static Map<String, Object> sizes(StatusSettings settings, short replicationFactor) {
        return Map.of(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.directory().toString(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                settings.threads(),
                // On a cluster another instance that keeps a copy takes over without reading the state first.
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                settings.standbys(),
                // The topics of its own hold state: they are as safe as the bus's other topics.
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                (int) replicationFactor,
                // Of rows and buckets that change many times a second one change is written; shared by all threads.
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                CACHE_BYTES,
                // RocksDB takes tens of MiB for each store and partition if it is left to itself.
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                BoundedRocks.class);
    }

    private static Map<String, Object> clients() {
        return Map.of(
                // A member that was killed is replaced after this, and the transaction it left open is given up a
                // little later; until then, what it had read cannot be read by others.
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                SESSION_MILLIS,
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                HEARTBEAT_MILLIS,
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                TRANSACTION_MILLIS,
                // Nothing waits for these records before the commit: larger batches cost the broker less.
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                LINGER_MILLIS,
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                KafkaSettings.MAX_REQUEST_BYTES,
                // The first start counts everything that is there.
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                "earliest");
    }
}
