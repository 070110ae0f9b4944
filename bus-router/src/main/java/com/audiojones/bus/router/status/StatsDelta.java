package com.audiojones.bus.router.status;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.StatsKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record changes in a bucket.
 *
 * @param key the bucket
 * @param counts what is to be added
 * @param latency a delivery's milliseconds to be added to the histogram; null: none
 * @param without a delivery's milliseconds to be taken out of it; null: none
 */
record StatsDelta(
        StatsKey key,
        Counts counts,
        @Nullable Long latency,
        @Nullable Long without) {

    boolean isEmpty() {
        return counts.isEmpty() && Objects.equals(latency, without);
    }
}
