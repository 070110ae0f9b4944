package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.StoreStats;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts over a window; the terms are those of {@link StoreStats}.
 *
 * @param published events taken in
 * @param delivered pairs of event and target that ended well
 * @param failed attempts that were followed by another
 * @param deadLettered pairs given up
 * @param inFlight pairs without an end yet
 * @param avgDeliveryTimeMs mean time from intake to delivery, milliseconds
 * @param topicDistribution events by ingest topic
 * @param successRate delivered pairs among those with an end, 0 to 1; 1 where none has one
 * @param sampledOut events left out by sampling
 * @param expired pairs that ran out of time before a first attempt
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
        Map<String, Long> topicDistribution,
        double successRate,
        long sampledOut,
        long expired,
        long quarantined,
        String window) {

    /**
     * {@return the view of counts}
     *
     * @param stats the counts
     * @param window the window as it was asked for
     */
    public static StatsView of(StoreStats stats, String window) {
        return new StatsView(
                stats.published(),
                stats.delivered(),
                stats.failed(),
                stats.deadLettered(),
                stats.inFlight(),
                stats.avgDeliveryTimeMs(),
                new TreeMap<>(stats.topicDistribution()),
                successRate(stats),
                stats.sampledOut(),
                stats.expired(),
                stats.quarantined(),
                window);
    }

    private static double successRate(StoreStats stats) {
        long ended = stats.delivered() + stats.deadLettered() + stats.expired();
        return ended == 0 ? 1.0 : (double) stats.delivered() / ended;
    }
}
