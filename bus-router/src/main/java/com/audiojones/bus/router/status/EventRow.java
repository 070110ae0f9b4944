package com.audiojones.bus.router.status;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.status.EventStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event, or a replay of it, and the sum of its pairs.
 *
 * @param eventId the event
 * @param replayId the replay; null: the original
 * @param type the publisher's type
 * @param topic the ingest topic
 * @param priority the priority
 * @param since when the event was taken in, or replayed
 * @param matched how many targets it goes to; null: no dispatcher has said so yet
 * @param pairs the counts of its pairs, added up
 * @param changedAt when the last record that said anything new was appended
 */
record EventRow(
        String eventId,
        @Nullable String replayId,
        String type,
        String topic,
        Priority priority,
        Instant since,
        @Nullable Integer matched,
        Counts pairs,
        Instant changedAt) {

    static EventRow first(StatusFact fact, Instant at) {
        return new EventRow(
                fact.eventId(),
                fact.replayId(),
                fact.type(),
                fact.topic(),
                fact.priority(),
                fact.since(),
                null,
                Counts.NONE,
                at);
    }

    /** The row after a record: of the numbers of targets that dispatchers named the highest holds. */
    EventRow with(@Nullable Integer alsoMatched, Counts change, Instant at) {
        return new EventRow(
                eventId, replayId, type, topic, priority, since, most(matched, alsoMatched), pairs.plus(change), at);
    }

    private static @Nullable Integer most(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.max(a, b);
    }

    /** Whether both say the same of the event. */
    boolean saysAs(EventRow other) {
        return Objects.equals(matched, other.matched) && pairs.equals(other.pairs);
    }

    /** What it adds to the counts of its bucket. */
    Counts counts() {
        Map<Measure, Long> counts = new EnumMap<>(Measure.class);
        counts.putAll(pairs.toMap());
        counts.put(Measure.ROUTED, 1L);
        counts.put(Measure.DISPATCHED, dispatchedTo());
        if (matched != null) {
            counts.put(Measure.MATCHED, 1L);
            counts.put(Measure.UNMATCHED, dispatchedTo() == 0 ? 1L : 0L);
        }
        return Counts.of(counts);
    }

    /** Pairs count before a record says how many there are; a target may have come while the event was under way. */
    private long dispatchedTo() {
        long seen = pairs.get(Measure.DISPATCHED);
        return matched == null ? seen : Math.max(matched, seen);
    }

    /** Whether all its pairs have ended. */
    boolean isComplete() {
        return matched != null && ended() >= dispatchedTo();
    }

    private long ended() {
        return pairs.get(Measure.DELIVERED) + failed();
    }

    private long failed() {
        return pairs.get(Measure.DEAD_LETTERED) + pairs.get(Measure.EXPIRED) + pairs.get(Measure.REMOVED);
    }

    StatsKey bucket() {
        return StatsKey.events(since, replayId != null, topic, type, priority);
    }

    EventStatus status() {
        return new EventStatus(
                eventId,
                replayId,
                Math.toIntExact(dispatchedTo()),
                Math.toIntExact(pairs.get(Measure.DELIVERED)),
                Math.toIntExact(failed()));
    }
}
