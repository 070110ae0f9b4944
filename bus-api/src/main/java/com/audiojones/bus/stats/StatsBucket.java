package com.audiojones.bus.stats;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record on {@code bus.stats}, JSON in snake case: all that was counted so far of one minute and kind. The
 * topic is compacted by {@link StatsKey#text()}; the latest record of a key is the whole count, so whoever keeps them
 * replaces, and never adds.
 *
 * @param key what is counted
 * @param counts how many
 * @param latency how long deliveries took from intake, milliseconds; null: none ended well
 */
public record StatsBucket(
        StatsKey key, Counts counts, @Nullable LatencyHistogram latency) {

    /** Checks that everything that must be there is. */
    public StatsBucket {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(counts, "counts");
    }

    /** {@return the record's value, UTF-8 JSON} */
    public byte[] toJson() {
        return RecordJson.write(this);
    }

    /**
     * {@return the record in a value}
     *
     * @param value UTF-8 JSON; unknown fields are passed over
     * @throws InvalidRecordException if it is no bucket
     */
    public static StatsBucket fromJson(byte @Nullable [] value) throws InvalidRecordException {
        return RecordJson.read("statistics record", value, StatsBucket.class);
    }
}
