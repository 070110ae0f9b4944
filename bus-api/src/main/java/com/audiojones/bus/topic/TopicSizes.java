package com.audiojones.bus.topic;

import com.audiojones.bus.config.Settings;

/**
 * How large topics are made on this cluster; topics that exist keep their partitions.
 *
 * @param ingestPartitions partitions of each ingest topic
 * @param lanePartitions partitions of each lane
 * @param replicationFactor copies of each partition; with 3 or more, two must have a record before it counts as written
 */
public record TopicSizes(int ingestPartitions, int lanePartitions, short replicationFactor) {

    /** One broker: the embedded one. */
    public static final TopicSizes EMBEDDED = new TopicSizes(2, 4, (short) 1);

    private static final int CLUSTER_INGEST_PARTITIONS = 6;
    private static final int CLUSTER_LANE_PARTITIONS = 12;
    private static final int MAX_PARTITIONS = 1024;

    /**
     * {@return the sizes from {@code topics.ingest-partitions}, {@code topics.lane-partitions} and
     * {@code topics.replication-factor}}
     *
     * @param in where settings are read
     */
    public static TopicSizes read(Settings in) {
        return new TopicSizes(
                in.integer("topics.ingest-partitions", CLUSTER_INGEST_PARTITIONS, 1, MAX_PARTITIONS),
                in.integer("topics.lane-partitions", CLUSTER_LANE_PARTITIONS, 1, MAX_PARTITIONS),
                (short) in.integer("topics.replication-factor", 3, 1, 7));
    }

    int partitions(TopicSpec.Size size) {
        return switch (size) {
            case INGEST -> ingestPartitions;
            case LANE -> lanePartitions;
            case SINGLE -> 1;
        };
    }

    int minInSyncReplicas() {
        return replicationFactor >= 3 ? 2 : 1;
    }
}
