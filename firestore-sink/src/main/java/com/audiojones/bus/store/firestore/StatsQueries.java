package com.audiojones.bus.store.firestore;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.store.StepSums;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.time.IsoMillis;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sums of buckets. A window costs a read for each bucket in it: a minute has one for each topic, type and priority. */
final class StatsQueries {

    private final FirestoreConnection connection;
    private final FirestoreQueries queries;

    StatsQueries(FirestoreConnection connection) {
        this.connection = connection;
        this.queries = new FirestoreQueries(connection.reading());
    }

    /** What was taken in from the minute on in which {@code since} is. */
    StoreStats since(Instant since) {
        String from = IsoMillis.format(since.truncatedTo(ChronoUnit.MINUTES));
        Map<String, Counts> byTopic = new HashMap<>();
        List<LatencyHistogram> latencies = new ArrayList<>();
        for (StatsBucket bucket : originals(from)) {
            byTopic.merge(String.valueOf(bucket.key().topic()), bucket.counts(), Counts::plus);
            latencies.add(LatencyHistogram.orNone(bucket.latency()));
        }
        long quarantined = connection
                .await("count", queries.quarantined(from).count().get())
                .getCount();
        return new StoreStats(EventBusMetrics.of(byTopic, LatencyHistogram.sum(latencies)), quarantined);
    }

    /** The same by steps, those left out in which nothing was taken in. */
    List<StatsStep> series(Instant since, Duration step) {
        StepSums sums = new StepSums(step);
        for (StatsBucket bucket : originals(IsoMillis.format(since.truncatedTo(ChronoUnit.MINUTES)))) {
            Instant minute = bucket.key().minute();
            sums.add(minute, String.valueOf(bucket.key().topic()), bucket.counts());
            sums.add(minute, LatencyHistogram.orNone(bucket.latency()));
        }
        return sums.steps();
    }

    /** The buckets by topic, without those of replays. */
    private List<StatsBucket> originals(String from) {
        return connection.await("count", queries.buckets(from).get()).getDocuments().stream()
                .map(StatsQueries::bucket)
                .filter(bucket -> bucket.key().topic() != null && !bucket.key().replay())
                .toList();
    }

    static StatsBucket bucket(DocumentSnapshot document) {
        String priority = document.getString("priority");
        Blob latency = document.getBlob("latency");
        StatsKey key = new StatsKey(
                IsoMillis.parse(String.valueOf(document.getString("minute"))),
                Boolean.TRUE.equals(document.getBoolean("replay")),
                document.getString("topic"),
                document.getString("type"),
                priority == null ? null : Priority.valueOf(priority),
                document.getString("target_id"));
        return new StatsBucket(
                key, counts(document), latency == null ? null : LatencyHistogram.fromBytes(latency.toBytes()));
    }

    private static Counts counts(DocumentSnapshot bucket) {
        Map<Measure, Long> counts = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            Long count = bucket.getLong(measure.label());
            counts.put(measure, count == null ? 0 : count);
        }
        return Counts.of(counts);
    }
}
