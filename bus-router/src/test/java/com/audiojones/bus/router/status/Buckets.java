package com.audiojones.bus.router.status;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Sums over buckets. */
final class Buckets {

    private Buckets() {}

    /** The counts of all buckets by topic; how long replays took depends on when they were read, and is left out. */
    static Counts counts(Collection<StatsBucket> buckets, boolean replays) {
        Counts sum = buckets.stream()
                .filter(bucket -> bucket.key().target() == null && bucket.key().replay() == replays)
                .map(StatsBucket::counts)
                .reduce(Counts.NONE, Counts::plus);
        Counts millis = Counts.of(Map.of(Measure.DELIVERY_MILLIS, sum.get(Measure.DELIVERY_MILLIS)));
        return replays ? sum.minus(millis) : sum;
    }

    /** The counts of all buckets by target, replays left out. */
    static Map<String, Counts> byTarget(Collection<StatsBucket> buckets) {
        Map<String, Counts> byTarget = new TreeMap<>();
        for (StatsBucket bucket : buckets) {
            if (bucket.key().target() != null && !bucket.key().replay()) {
                byTarget.merge(bucket.key().target(), bucket.counts(), Counts::plus);
            }
        }
        return byTarget;
    }
}
