package com.audiojones.bus.stats;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.time.IsoMillis;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket counts: the events of a minute by topic, type and priority, or the pairs of a minute by target.
 *
 * @param minute the minute in which the broker appended the events; of a replay, in which it was replayed
 * @param replay whether these are replays; they are never among the originals
 * @param topic the ingest topic; null: a bucket by target
 * @param type the publisher's type, {@value #OTHER} beyond the first {@value #MAX_TYPES} of a minute; null: a bucket by
 *     target, or records that are no events
 * @param priority the priority; null where the type is
 * @param target the target's id, {@value #OTHER} beyond the first {@value #MAX_TARGETS} of a minute; null: a bucket by
 *     topic
 */
public record StatsKey(
        Instant minute,
        boolean replay,
        @Nullable String topic,
        @Nullable String type,
        @Nullable Priority priority,
        @Nullable String target) {

    /** What stands for all types, or targets, of a minute that came after as many others as are told apart. */
    public static final String OTHER = "other";
    /** As many types are told apart in a minute. */
    public static final int MAX_TYPES = 200;
    /** As many targets are told apart in a minute. */
    public static final int MAX_TARGETS = 1_000;

    /** Checks that it is a bucket of one of the two kinds. */
    public StatsKey {
        Objects.requireNonNull(minute, "minute");
        if ((topic == null) == (target == null)) {
            throw new IllegalArgumentException("expected a topic or a target, got " + topic + " and " + target);
        }
    }

    /**
     * {@return the key of events}
     *
     * @param at when they were taken in
     * @param replay whether they are replays
     * @param topic the ingest topic
     * @param type the publisher's type; null: they are no events
     * @param priority the priority; null: they are no events
     */
    public static StatsKey events(
            Instant at, boolean replay, String topic, @Nullable String type, @Nullable Priority priority) {
        return new StatsKey(minute(at), replay, topic, type, priority, null);
    }

    /**
     * {@return the key of a target's pairs}
     *
     * @param at when the events were taken in
     * @param replay whether they are replays
     * @param target the target's id
     */
    public static StatsKey pairs(Instant at, boolean replay, String target) {
        return new StatsKey(minute(at), replay, null, null, null, target);
    }

    /** {@return the same bucket's key with {@value #OTHER} in place of the type or the target} */
    public StatsKey other() {
        return new StatsKey(
                minute, replay, topic, type == null ? null : OTHER, priority, target == null ? null : OTHER);
    }

    /** {@return the key of the record in {@code bus.stats}, as text; the keys of a minute sort before those of the next} */
    public String text() {
        String kind = IsoMillis.format(minute) + (replay ? "/replay/" : "/original/");
        return target == null
                ? kind + topic + "/" + Objects.toString(type, "") + "/" + Objects.toString(priority, "")
                : kind + "target/" + target;
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }
}
