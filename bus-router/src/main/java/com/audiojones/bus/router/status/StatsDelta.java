package com.audiojones.bus.router.status;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import org.jspecify.annotations.Nullable;

/**
 * What records change in a bucket. Changes of a bucket add up to one.
 *
 * @param key the bucket
 * @param counts what is to be added
 * @param latency deliveries' times to be added to the histogram; null: none
 * @param without deliveries' times to be taken out of it, as an earlier delivery was learned of later; null: none
 */
record StatsDelta(
        StatsKey key,
        Counts counts,
        @Nullable LatencyHistogram latency,
        @Nullable LatencyHistogram without) {

    static StatsDelta none(StatsKey key) {
        return new StatsDelta(key, Counts.NONE, null, null);
    }

    /** This and one more change: counts, and a delivery's milliseconds to be added and to be taken out. */
    StatsDelta plus(Counts more, @Nullable Long added, @Nullable Long removed) {
        boolean same = added != null && added.equals(removed);
        return new StatsDelta(
                key,
                counts.plus(more),
                added == null || same
                        ? latency
                        : LatencyHistogram.orNone(latency).with(added, 1),
                removed == null || same
                        ? without
                        : LatencyHistogram.orNone(without).with(removed, 1));
    }

    /** The bucket after the change. */
    StatsBucket appliedTo(@Nullable StatsBucket bucket) {
        LatencyHistogram times = bucket == null ? null : bucket.latency();
        if (latency != null) {
            times = LatencyHistogram.orNone(times).plus(latency);
        }
        if (without != null) {
            times = LatencyHistogram.orNone(times).minus(without);
        }
        return new StatsBucket(key, bucket == null ? counts : bucket.counts().plus(counts), times);
    }

    StatsDelta of(StatsKey other) {
        return new StatsDelta(other, counts, latency, without);
    }
}
