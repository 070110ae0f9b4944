package com.audiojones.bus.store;

import java.util.Map;

/**
 * Counts over a window.
 *
 * @param published events in the store plus records in quarantine by the router
 * @param delivered pairs of event and target that ended well
 * @param failed attempts that failed and were followed by another
 * @param deadLettered pairs given up, those of removed targets included, those in {@code expired} not
 * @param inFlight pairs of the window's events without an end yet; an event not matched yet counts as one
 * @param expired pairs that ran out of time before a first attempt
 * @param sampledOut events left out by sampling, estimated from the rates of those that were kept
 * @param quarantined records in quarantine
 * @param avgDeliveryTimeMs mean time from ingest to delivery, milliseconds, 0 where nothing was delivered
 * @param topicDistribution events by ingest topic
 */
public record StoreStats(
        long published,
        long delivered,
        long failed,
        long deadLettered,
        long inFlight,
        long expired,
        long sampledOut,
        long quarantined,
        double avgDeliveryTimeMs,
        Map<String, Long> topicDistribution) {

    /** Copies the map in. */
    public StoreStats {
        topicDistribution = Map.copyOf(topicDistribution);
    }
}
