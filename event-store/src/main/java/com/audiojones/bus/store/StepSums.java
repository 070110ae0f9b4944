package com.audiojones.bus.store;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds minutes up to the steps of a series. One thread at a time. */
public final class StepSums {

    private final long stepMillis;
    private final SortedMap<Long, Sum> sums = new TreeMap<>();

    private static final class Sum {
        private final Map<String, Counts> byTopic = new HashMap<>();
        private LatencyHistogram latency = LatencyHistogram.NONE;
    }

    /**
     * Begins with nothing.
     *
     * @param step how long a step is; steps begin at multiples of it since 1970
     */
    public StepSums(Duration step) {
        this.stepMillis = step.toMillis();
    }

    /**
     * Adds what was counted.
     *
     * @param minute when
     * @param topic of which topic
     * @param counts how many
     */
    public void add(Instant minute, String topic, Counts counts) {
        sum(minute).byTopic.merge(topic, counts, Counts::plus);
    }

    /**
     * Adds what was measured.
     *
     * @param minute when
     * @param latency the times
     */
    public void add(Instant minute, LatencyHistogram latency) {
        Sum sum = sum(minute);
        sum.latency = sum.latency.plus(latency);
    }

    /** {@return the steps that have anything, oldest first} */
    public List<StatsStep> steps() {
        return sums.entrySet().stream()
                .map(entry -> new StatsStep(
                        Instant.ofEpochMilli(entry.getKey()),
                        EventBusMetrics.of(entry.getValue().byTopic, entry.getValue().latency)))
                .toList();
    }

    private Sum sum(Instant minute) {
        long begin = Math.floorDiv(minute.toEpochMilli(), stepMillis) * stepMillis;
        return sums.computeIfAbsent(begin, any -> new Sum());
    }
}
