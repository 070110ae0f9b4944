package com.audiojones.bus.admin.view;

import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.store.StoreStats;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of a window; the terms are those of {@link EventBusMetrics}.
 *
 * @param published ingest records
 * @param delivered pairs of event and target that ended well
 * @param failed requests that failed and were not the last
 * @param deadLettered pairs given up
 * @param inFlight pairs without an end yet
 * @param avgDeliveryTimeMs mean time from intake to delivery, milliseconds
 * @param p50DeliveryTimeMs what half of the deliveries did not exceed
 * @param p99DeliveryTimeMs what 99 in a hundred did not exceed
 * @param topicDistribution ingest records by topic
 * @param successRate delivered pairs among those with an end, 0 to 1; 1 where none has one
 * @param sampledOut events left out by sampling
 * @param expired what ran out of time before a first attempt
 * @param unmatched events that no target wants
 * @param quarantined records in quarantine
 * @param window the window as it was asked for
 */
public record StatsView(
        long published,
        long delivered,
        long failed,
        long deadLettered,
        long inFlight,
        double avgDeliveryTimeMs,
        long p50DeliveryTimeMs,
        long p99DeliveryTimeMs,
        Map<String, Long> topicDistribution,
        double successRate,
        long sampledOut,
        long expired,
        long unmatched,
        long quarantined,
        String window) {

    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    /**
     * {@return the view of figures}
     *
     * @param stats the figures
     * @param window the window as it was asked for
     */
    public static StatsView of(StoreStats stats, String window) {
        EventBusMetrics events = stats.events();
        return new StatsView(
                events.published(),
                events.delivered(),
                events.failed(),
                events.deadLettered(),
                events.inFlight(),
                events.avgDeliveryTimeMs(),
                events.latency().percentile(MEDIAN),
                events.latency().percentile(NEARLY_ALL),
                new TreeMap<>(events.topicDistribution()),
                events.successRate(),
                events.sampledOut(),
                events.expired(),
                events.unmatched(),
                stats.quarantined(),
                window);
    }
}
