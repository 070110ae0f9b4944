package com.audiojones.bus.consume;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** How a consumer that pauses its partitions fetches: little at a time, and without waiting long. */
final class BoundedFetch {

    /** Less than half of the collector's smallest region: a larger answer would be a region of its own, and be marked. */
    private static final int FETCH_BYTES = 448 * 1024;

    /**
     * A broker answers one fetch of a consumer at a time: one that waits for partitions without news holds up those that
     * were paused and go on. Half of what is in hand at full speed lasts for longer than this.
     */
    private static final int FETCH_WAIT_MILLIS = 50;

    private BoundedFetch() {}

    /** What is fetched ahead is in memory beside the windows. */
    static Map<String, Object> of(Map<String, Object> consumerConfig) {
        Map<String, Object> config = new HashMap<>(consumerConfig);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return config;
    }
}
