package com.audiojones.bus.stats;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bus in figures, over all its processes: what was taken in during some minutes, and what became of it since. Replays
 * are not among it.
 *
 * @param published ingest records: routed, left out by sampling, expired or no events
 * @param delivered pairs of event and target that ended with an answer 2xx
 * @param failed requests that failed and were followed, or are to be followed, by another
 * @param deadLettered pairs that were given up, those of removed targets among them
 * @param inFlight pairs without an end yet; an event that was not matched yet counts as one
 * @param avgDeliveryTimeMs mean time from intake to delivery, milliseconds; 0 where nothing was delivered
 * @param topicDistribution {@code published} by ingest topic
 * @param sampledOut events left out by sampling
 * @param expired pairs whose time to live ended before a first attempt, and events whose did before they were routed
 * @param unmatched events that no target wants
 * @param untakenTopics ingest topics with events of which no target wants any
 * @param latency the times from intake to delivery, milliseconds
 */
public record EventBusMetrics(
        long published,
        long delivered,
        long failed,
        long deadLettered,
        long inFlight,
        double avgDeliveryTimeMs,
        Map<String, Long> topicDistribution,
        long sampledOut,
        long expired,
        long unmatched,
        Set<String> untakenTopics,
        LatencyHistogram latency) {

    /** Copies the collections in. */
    public EventBusMetrics {
        topicDistribution = Map.copyOf(topicDistribution);
        untakenTopics = Set.copyOf(untakenTopics);
    }

    /**
     * {@return the figures of some buckets}
     *
     * @param byTopic their counts by ingest topic, each event counted once
     * @param latency their times
     */
    public static EventBusMetrics of(Map<String, Counts> byTopic, LatencyHistogram latency) {
        Counts all = byTopic.values().stream().reduce(Counts.NONE, Counts::plus);
        long delivered = all.get(Measure.DELIVERED);
        Map<String, Long> topics = new TreeMap<>();
        byTopic.forEach((topic, counts) -> topics.put(topic, published(counts)));
        return new EventBusMetrics(
                published(all),
                delivered,
                all.get(Measure.FAILED_ATTEMPTS),
                all.get(Measure.DEAD_LETTERED) + all.get(Measure.REMOVED),
                inFlight(all),
                delivered == 0 ? 0 : (double) all.get(Measure.DELIVERY_MILLIS) / delivered,
                topics,
                all.get(Measure.SAMPLED_OUT),
                all.get(Measure.EXPIRED) + all.get(Measure.EXPIRED_UNROUTED),
                all.get(Measure.UNMATCHED),
                untaken(byTopic),
                latency);
    }

    /** {@return delivered pairs among those with an end, 0 to 1; 1 where none has one} */
    public double successRate() {
        long ended = delivered + deadLettered + expired;
        return ended == 0 ? 1.0 : (double) delivered / ended;
    }

    private static Set<String> untaken(Map<String, Counts> byTopic) {
        Set<String> untaken = new TreeSet<>();
        byTopic.forEach((topic, counts) -> {
            long unmatched = counts.get(Measure.UNMATCHED);
            if (unmatched > 0 && unmatched == counts.get(Measure.MATCHED)) {
                untaken.add(topic);
            }
        });
        return untaken;
    }

    private static long published(Counts counts) {
        return counts.get(Measure.ROUTED)
                + counts.get(Measure.SAMPLED_OUT)
                + counts.get(Measure.EXPIRED_UNROUTED)
                + counts.get(Measure.INVALID);
    }

    private static long inFlight(Counts counts) {
        long ended = counts.get(Measure.DELIVERED)
                + counts.get(Measure.DEAD_LETTERED)
                + counts.get(Measure.EXPIRED)
                + counts.get(Measure.REMOVED);
        return counts.get(Measure.DISPATCHED) - ended + counts.get(Measure.ROUTED) - counts.get(Measure.MATCHED);
    }
}
