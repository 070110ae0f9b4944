package com.audiojones.bus.router.status;

import com.audiojones.bus.router.status.StatusFact.Outcome;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.time.IsoMillis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a row per event and replay, and one per pair. Passes on how an event fares when that changed, and once a second
 * what changed in the buckets; a record that was there before changes nothing. A row goes a day after its last pair ended, or when nothing that belongs to it can come
 * any more.
 */
final class StatusProcessor extends ContextualProcessor<String, StatusFact, String, RowChange> {

    static final String ROWS = "status-rows";
    static final String PAIRS = "status-pairs";
    /** When rows are due to go, first to last. */
    static final String ENDS = "status-ends";

    /** How long a row stays after its last pair ended. */
    static final Duration KEPT_COMPLETE = Duration.ofHours(24);
    /** How long any other stays: beyond the retention of lanes and retry topics. */
    static final Duration KEPT_OPEN = Duration.ofDays(8);

    /** What changed in buckets and was not passed on. Kept like the rows: a change survives a crash. */
    static final String DELTAS = "status-deltas";

    private static final Duration PASS_ON_EVERY = Duration.ofSeconds(1);
    private static final Duration CLEAN_EVERY = Duration.ofSeconds(30);
    /** Cleaning must not hold up the records that come in meanwhile. */
    private static final int CLEANED_AT_ONCE = 20_000;

    private final StringSerializer keys = new StringSerializer();

    private KeyValueStore<String, EventRow> rows;
    private KeyValueStore<String, PairStatus> pairs;
    private KeyValueStore<String, String> ends;
    private KeyValueStore<String, StatsDelta> deltas;

    /** What the store of changes holds, so that adding to it need not read it. */
    private final Map<String, StatsDelta> inHand = new LinkedHashMap<>();

    /** What an outcome changes in the counts of its pair, and the delivery's milliseconds that come and go. */
    private record PairChange(
            Counts counts, @Nullable Long latency, @Nullable Long without) {
        static final PairChange NONE = new PairChange(Counts.NONE, null, null);
    }

    /** The stores are there from {@code init} on. */
    @SuppressWarnings("NullAway.Init")
    StatusProcessor() {}

    @Override
    public void init(ProcessorContext<String, RowChange> context) {
        super.init(context);
        rows = context.getStateStore(ROWS);
        pairs = context.getStateStore(PAIRS);
        ends = context.getStateStore(ENDS);
        deltas = context.getStateStore(DELTAS);
        try (KeyValueIterator<String, StatsDelta> left = deltas.all()) {
            left.forEachRemaining(delta -> inHand.put(delta.key, delta.value));
        }
        context.schedule(PASS_ON_EVERY, PunctuationType.WALL_CLOCK_TIME, this::passOn);
        context.schedule(CLEAN_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> clean(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, StatusFact> record) {
        StatusFact fact = record.value();
        Instant at = Instant.ofEpochMilli(record.timestamp());
        EventRow known = rows.get(record.key());
        EventRow before = known == null ? EventRow.first(fact, at) : known;
        PairChange change = pair(record.key(), before, fact.outcome());
        EventRow after = before.with(fact.matched(), change.counts(), at);
        if (known != null && known.saysAs(after)) {
            return;
        }
        rows.put(record.key(), after);
        if (known == null) {
            ends.put(endKey(at.plus(KEPT_COMPLETE), record.key()), record.key());
        }
        Counts counted = known == null ? Counts.NONE : known.counts();
        add(after.bucket(), after.counts().minus(counted), change);
        if (after.matched() != null) {
            context().forward(record.withValue(new RowChange.Status(after.status())));
        }
    }

    /** Keeps what a pair's outcome changes. */
    private PairChange pair(String key, EventRow row, @Nullable Outcome outcome) {
        if (outcome == null) {
            return PairChange.NONE;
        }
        String pairKey = key + " " + outcome.target();
        PairStatus known = pairs.get(pairKey);
        PairStatus after = PairStatus.with(known, outcome);
        if (after.equals(known)) {
            return PairChange.NONE;
        }
        pairs.put(pairKey, after);
        Counts counts = after.counts(row.since());
        PairChange change = known == null
                ? new PairChange(counts, after.latency(row.since()), null)
                : new PairChange(
                        counts.minus(known.counts(row.since())),
                        after.latency(row.since()),
                        known.latency(row.since()));
        add(StatsKey.pairs(row.since(), row.replayId() != null, outcome.target()), change.counts(), change);
        return change;
    }

    private void add(StatsKey key, Counts counts, PairChange change) {
        String text = key.text();
        StatsDelta delta =
                inHand.getOrDefault(text, StatsDelta.none(key)).plus(counts, change.latency(), change.without());
        inHand.put(text, delta);
        deltas.put(text, delta);
    }

    private void passOn(long now) {
        inHand.forEach((key, delta) -> {
            String minute = IsoMillis.format(delta.key().minute());
            context().forward(new Record<>(minute, new RowChange.Delta(delta), now));
            deltas.delete(key);
        });
        inHand.clear();
    }

    private void clean(Instant now) {
        List<KeyValue<String, String>> due = new ArrayList<>();
        try (KeyValueIterator<String, String> iterator = ends.range("", IsoMillis.format(now))) {
            while (iterator.hasNext() && due.size() < CLEANED_AT_ONCE) {
                due.add(iterator.next());
            }
        }
        for (KeyValue<String, String> end : due) {
            ends.delete(end.key);
            EventRow row = Objects.requireNonNull(rows.get(end.value), "a row goes with its end only");
            Instant leavesAt = leavesAt(row);
            if (leavesAt.isAfter(now)) {
                ends.put(endKey(leavesAt, end.value), end.value);
            } else {
                remove(end.value);
            }
        }
    }

    private void remove(String key) {
        rows.delete(key);
        List<String> gone = new ArrayList<>();
        try (KeyValueIterator<String, PairStatus> iterator = pairs.prefixScan(key + " ", keys)) {
            iterator.forEachRemaining(pair -> gone.add(pair.key));
        }
        gone.forEach(pairs::delete);
    }

    private static Instant leavesAt(EventRow row) {
        return row.changedAt().plus(row.isComplete() ? KEPT_COMPLETE : KEPT_OPEN);
    }

    /** The time first, so that rows are found in the order in which they go. */
    private static String endKey(Instant at, String key) {
        return IsoMillis.format(at) + " " + key;
    }
}
