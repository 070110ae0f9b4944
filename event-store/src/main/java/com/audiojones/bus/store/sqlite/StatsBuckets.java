package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.store.StepSums;
import com.audiojones.bus.store.StoreStats;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes buckets and sums them up. A measure's column has the measure's name. */
final class StatsBuckets {

    static final String SUMS = "SELECT topic, " + columns("sum(%s)") + " FROM stats_buckets"
            + " WHERE minute >= ? AND topic IS NOT NULL AND NOT replay GROUP BY topic";

    static final String LATENCIES = "SELECT latency FROM stats_buckets"
            + " WHERE minute >= ? AND topic IS NOT NULL AND NOT replay AND latency IS NOT NULL";

    static final String STEP_SUMS = "SELECT minute / ? * ?, topic, " + columns("sum(%s)") + " FROM stats_buckets"
            + " WHERE minute >= ? AND topic IS NOT NULL AND NOT replay GROUP BY 1, topic";

    static final String STEP_LATENCIES = "SELECT minute, latency FROM stats_buckets"
            + " WHERE minute >= ? AND topic IS NOT NULL AND NOT replay AND latency IS NOT NULL";

    static final String QUARANTINED = "SELECT count(*) FROM quarantine WHERE timestamp >= ?";

    private static final String PUT =
            " INTO stats_buckets (minute, key, replay, topic, type, priority, target, latency, " + columns("%s")
                    + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, " + columns("?") + ")";

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Session session;

    StatsBuckets(Session session) {
        this.session = session;
    }

    /** {@return the statement that puts a bucket, which of a copy puts it only where there is none} */
    static String put(boolean ofACopy) {
        return (ofACopy ? "INSERT OR IGNORE" : "INSERT OR REPLACE") + PUT;
    }

    /** {@return the parameters of {@link #put}} */
    static @Nullable Object[] row(StatsBucket bucket) {
        StatsKey key = bucket.key();
        LatencyHistogram latency = bucket.latency();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(key.minute().toEpochMilli());
        values.add(key.text());
        values.add(key.replay() ? 1 : 0);
        values.add(key.topic());
        values.add(key.type());
        values.add(key.priority() == null ? null : key.priority().name());
        values.add(key.target());
        values.add(latency == null ? null : latency.toBytes());
        for (Measure measure : Measure.values()) {
            values.add(bucket.counts().get(measure));
        }
        return values.toArray();
    }

    /** What was taken in from the minute on in which {@code since} is. */
    StoreStats since(Instant since) throws SQLException {
        long from = minute(since);
        return new StoreStats(EventBusMetrics.of(byTopic(from), latency(from)), quarantined(from));
    }

    /** The same by steps, those left out in which nothing was taken in. */
    List<StatsStep> series(Instant since, Duration step) throws SQLException {
        long from = minute(since);
        StepSums sums = new StepSums(step);
        try (ResultSet rows = session.query(STEP_SUMS, step.toMillis(), step.toMillis(), from)) {
            while (rows.next()) {
                sums.add(Instant.ofEpochMilli(rows.getLong(1)), rows.getString(2), counts(rows, 3));
            }
        }
        try (ResultSet rows = session.query(STEP_LATENCIES, from)) {
            while (rows.next()) {
                sums.add(Instant.ofEpochMilli(rows.getLong(1)), LatencyHistogram.fromBytes(rows.getBytes(2)));
            }
        }
        return sums.steps();
    }

    private static long minute(Instant since) {
        return Math.floorDiv(since.toEpochMilli(), MINUTE) * MINUTE;
    }

    private Map<String, Counts> byTopic(long from) throws SQLException {
        Map<String, Counts> byTopic = new HashMap<>();
        try (ResultSet rows = session.query(SUMS, from)) {
            while (rows.next()) {
                byTopic.put(rows.getString(1), counts(rows, 2));
            }
        }
        return byTopic;
    }

    private static Counts counts(ResultSet row, int firstColumn) throws SQLException {
        Map<Measure, Long> sums = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            sums.put(measure, row.getLong(firstColumn + measure.ordinal()));
        }
        return Counts.of(sums);
    }

    private LatencyHistogram latency(long from) throws SQLException {
        List<LatencyHistogram> histograms = new ArrayList<>();
        try (ResultSet rows = session.query(LATENCIES, from)) {
            while (rows.next()) {
                histograms.add(LatencyHistogram.fromBytes(rows.getBytes(1)));
            }
        }
        return LatencyHistogram.sum(histograms);
    }

    private long quarantined(long from) throws SQLException {
        try (ResultSet row = session.query(QUARANTINED, from)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String columns(String each) {
        return Arrays.stream(Measure.values())
                .map(measure -> each.formatted(measure.label()))
                .collect(Collectors.joining(", "));
    }
}
