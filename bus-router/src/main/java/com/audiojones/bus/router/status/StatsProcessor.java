package com.audiojones.bus.router.status;

import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.time.IsoMillis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds changes up in buckets, and passes on those that changed, once a second at most. All changes of a minute come to
 * the same partition. A bucket goes after {@link #KEPT}; what comes later for its minute is told to {@code late} and not
 * counted.
 */
final class StatsProcessor extends ContextualProcessor<String, StatsDelta, String, StatsBucket> {

    static final String BUCKETS = "stats-buckets";
    /** The keys of buckets that changed and were not passed on. Kept like the buckets: a change survives a crash. */
    static final String CHANGED = "stats-changed";
    /** The types and targets that a minute tells apart, and how many of each there are. */
    static final String LABELS = "stats-labels";

    /** Longer than what happens to an event can take: lanes are kept for 7 days, the longest retries take 80 hours. */
    static final Duration KEPT = Duration.ofDays(11);

    private static final Duration PASS_ON_EVERY = Duration.ofSeconds(1);
    private static final Duration CLEAN_EVERY = Duration.ofMinutes(1);
    private static final int CLEANED_AT_ONCE = 10_000;

    private final Consumer<StatsDelta> late;
    private KeyValueStore<String, StatsBucket> buckets;
    private KeyValueStore<String, String> changed;
    private KeyValueStore<String, Integer> labels;

    /** The stores are there from {@code init} on. */
    @SuppressWarnings("NullAway.Init")
    StatsProcessor(Consumer<StatsDelta> late) {
        this.late = late;
    }

    @Override
    public void init(ProcessorContext<String, StatsBucket> context) {
        super.init(context);
        buckets = context.getStateStore(BUCKETS);
        changed = context.getStateStore(CHANGED);
        labels = context.getStateStore(LABELS);
        context.schedule(PASS_ON_EVERY, PunctuationType.WALL_CLOCK_TIME, this::passOn);
        context.schedule(CLEAN_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> clean(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, StatsDelta> record) {
        StatsDelta delta = record.value();
        Instant oldest = Instant.ofEpochMilli(context().currentSystemTimeMs()).minus(KEPT);
        if (delta.key().minute().isBefore(oldest)) {
            late.accept(delta);
            return;
        }
        StatsKey key = toldApart(delta.key());
        buckets.put(key.text(), delta.of(key).appliedTo(buckets.get(key.text())));
        changed.put(key.text(), "");
    }

    /** The first types and targets of a minute are told apart; what is decided for one stays, so sums stay right. */
    private StatsKey toldApart(StatsKey key) {
        if (key.target() != null) {
            return isToldApart(key, "target", key.target(), StatsKey.MAX_TARGETS) ? key : key.other();
        }
        return key.type() == null || isToldApart(key, "type", key.type(), StatsKey.MAX_TYPES) ? key : key.other();
    }

    private boolean isToldApart(StatsKey key, String kind, String label, int most) {
        String counter = IsoMillis.format(key.minute()) + "/" + kind;
        String name = counter + "/" + label;
        if (labels.get(name) != null) {
            return true;
        }
        Integer known = labels.get(counter);
        int there = known == null ? 0 : known;
        if (there == most) {
            return false;
        }
        labels.put(counter, there + 1);
        labels.put(name, 1);
        return true;
    }

    private void passOn(long now) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, String> iterator = changed.all()) {
            iterator.forEachRemaining(entry -> keys.add(entry.key));
        }
        for (String key : keys) {
            context().forward(new Record<>(key, buckets.get(key), now));
            changed.delete(key);
        }
    }

    /** A bucket that goes is deleted from the topic too. */
    private void clean(Instant now) {
        String oldest = IsoMillis.format(now.minus(KEPT));
        for (String key : before(oldest, buckets)) {
            buckets.delete(key);
            changed.delete(key);
            context().forward(new Record<>(key, null, now.toEpochMilli()));
        }
        before(oldest, labels).forEach(labels::delete);
    }

    private static List<String> before(String time, KeyValueStore<String, ?> store) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, ?> iterator = store.range("", time)) {
            while (iterator.hasNext() && keys.size() < CLEANED_AT_ONCE) {
                keys.add(iterator.next().key);
            }
        }
        return keys;
    }
}
