package com.audiojones.bus.router.status;

import com.audiojones.bus.event.IsoMillis;
import com.audiojones.bus.router.status.StatusFact.Outcome;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.StatsKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * Keeps a row per event and replay, and one per pair, and passes on what a record changed in them; a record that was
 * there before changes nothing. A row goes a day after its last pair ended, or when nothing that belongs to it can come
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

    private static final Duration CLEAN_EVERY = Duration.ofSeconds(30);
    /** Cleaning must not hold up the records that come in meanwhile. */
    private static final int CLEANED_AT_ONCE = 20_000;

    private final StringSerializer keys = new StringSerializer();

    private KeyValueStore<String, EventRow> rows;
    private KeyValueStore<String, PairStatus> pairs;
    private KeyValueStore<String, String> ends;

    /** The stores are there from {@code init} on. */
    @SuppressWarnings("NullAway.Init")
    StatusProcessor() {}

    @Override
    public void init(ProcessorContext<String, RowChange> context) {
        super.init(context);
        rows = context.getStateStore(ROWS);
        pairs = context.getStateStore(PAIRS);
        ends = context.getStateStore(ENDS);
        context.schedule(CLEAN_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> clean(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, StatusFact> record) {
        StatusFact fact = record.value();
        Instant at = Instant.ofEpochMilli(record.timestamp());
        EventRow known = rows.get(record.key());
        EventRow before = known == null ? EventRow.first(fact, at) : known;
        List<StatsDelta> deltas = new ArrayList<>();
        EventRow after = before.with(fact.matched(), pair(record.key(), before, fact.outcome(), deltas), at);
        if (known != null && known.saysAs(after)) {
            return;
        }
        rows.put(record.key(), after);
        if (known == null) {
            ends.put(endKey(at.plus(KEPT_COMPLETE), record.key()), record.key());
        }
        Counts counted = known == null ? Counts.NONE : known.counts();
        StatsDelta ofTarget = deltas.isEmpty() ? null : deltas.getFirst();
        deltas.add(new StatsDelta(
                after.bucket(),
                after.counts().minus(counted),
                ofTarget == null ? null : ofTarget.latency(),
                ofTarget == null ? null : ofTarget.without()));
        context().forward(record.withValue(new RowChange(after.status(), deltas)));
    }

    /** Keeps what a pair's outcome changes, and adds it to {@code deltas}. */
    private Counts pair(String key, EventRow row, @Nullable Outcome outcome, List<StatsDelta> deltas) {
        if (outcome == null) {
            return Counts.NONE;
        }
        String pairKey = key + " " + outcome.target();
        PairStatus known = pairs.get(pairKey);
        PairStatus after = PairStatus.with(known, outcome);
        if (after.equals(known)) {
            return Counts.NONE;
        }
        pairs.put(pairKey, after);
        Counts change = known == null
                ? after.counts(row.since())
                : after.counts(row.since()).minus(known.counts(row.since()));
        StatsDelta delta = new StatsDelta(
                StatsKey.pairs(row.since(), row.replayId() != null, outcome.target()),
                change,
                after.latency(row.since()),
                known == null ? null : known.latency(row.since()));
        if (!delta.isEmpty()) {
            deltas.add(delta);
        }
        return change;
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
