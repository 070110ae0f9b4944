package com.audiojones.bus.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a topic must be like.
 *
 * @param name the topic's name
 * @param size how many partitions it has, by kind
 * @param cleanup whether records are deleted by age or compacted by key
 * @param retention how long records are kept; null: for ever (compacted topics)
 * @param maxMessageBytes the largest record batch the broker takes, in bytes
 */
public record TopicSpec(
        String name, Size size, Cleanup cleanup, @Nullable Duration retention, int maxMessageBytes) {

    /** Which setting decides the number of partitions. */
    public enum Size {
        /** Topics that publishers write to. */
        INGEST,
        /** The priority lanes. */
        LANE,
        /** Everything else. */
        SINGLE
    }

    /** Which records the broker removes. */
    public enum Cleanup {
        /** Those past the retention. */
        DELETE("delete"),
        /** All but the newest of a key. */
        COMPACT("compact"),
        /** Both. */
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }
    }

    /** {@return the topic's settings at the broker, except those that depend on the size of the cluster} */
    public Map<String, String> brokerConfig() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy);
        config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        // The broker unpacks what comes compressed and holds the real size against the limit: a record that unpacks to
        // more than its readers can hold never gets in.
        config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed");
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        if (retention != null) {
            config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        return config;
    }
}
