package com.audiojones.bus.topic;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.topic.TopicSpec.Cleanup;
import com.audiojones.bus.topic.TopicSpec.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogue: every topic of the bus, by name. */
public final class Topics {

    /** One record per finished attempt, first parking, terminal state and unmatched event. */
    public static final String DELIVERIES = "webhook.deliveries";
    /** One record per (event, target) that was given up. */
    public static final String DEAD_LETTERS = "webhook.dlq";
    /** Records that could not be used, raw. */
    public static final String QUARANTINE = "bus.quarantine";
    /** Counts of routing decisions per offset range. */
    public static final String DECISIONS = "bus.decisions";
    /** The targets, compacted by id, and the feed's marker. */
    public static final String TARGETS = "webhook.targets";
    /** What the dispatchers know of each target, compacted by id. */
    public static final String TARGET_STATE = "webhook.target-state";
    /** Settings that can be changed while running, compacted. */
    public static final String SETTINGS = "bus.settings";
    /** Delivery status per event and replay. */
    public static final String EVENT_STATUS = "bus.event-status";
    /** Statistics per minute and dimension. */
    public static final String STATS = "bus.stats";

    /** The largest record that publishers may write, in bytes. */
    public static final int INGEST_MAX_BYTES = 1024 * 1024;
    /** The largest lane record, in bytes. */
    public static final int LANE_MAX_BYTES = 320 * 1024;
    /** Room for headers and envelope that is added wherever a record is moved on. */
    public static final int HEADROOM_BYTES = 64 * 1024;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final List<String> AUDIT_CATEGORIES = List.of(
            "user",
            "ai",
            "data",
            "security",
            "system",
            "blueprint",
            "task",
            "org",
            "integration",
            "performance",
            "compliance");
    private static final List<String> PROTECTED = List.of("audit.security", "audit.compliance");
    private static final List<String> AJ_CATEGORIES = List.of("status", "capacity", "incident", "alert", "system");

    private static final List<String> INGEST = Stream.concat(
                    AUDIT_CATEGORIES.stream().map(category -> "audit." + category),
                    AJ_CATEGORIES.stream().map(category -> "events." + category))
            .toList();
    private static final Map<String, EventFamily> FAMILIES = INGEST.stream()
            .collect(Collectors.toUnmodifiableMap(
                    topic -> topic, topic -> topic.startsWith("audit.") ? EventFamily.AUDIT : EventFamily.AJ));

    private Topics() {}

    /** {@return every topic of the bus} */
    public static List<TopicSpec> all() {
        List<TopicSpec> all = new ArrayList<>();
        ingest().forEach(name -> all.add(kept(name, Size.INGEST, WEEK, INGEST_MAX_BYTES)));
        for (Lane lane : Lane.values()) {
            all.add(kept(lane.topic(), Size.LANE, WEEK, LANE_MAX_BYTES));
        }
        retry().forEach(name -> all.add(kept(name, Size.SINGLE, WEEK, LANE_MAX_BYTES + HEADROOM_BYTES)));
        all.add(kept(DELIVERIES, Size.SINGLE, WEEK, INGEST_MAX_BYTES));
        all.add(kept(DEAD_LETTERS, Size.SINGLE, MONTH, LANE_MAX_BYTES + HEADROOM_BYTES));
        all.add(kept(QUARANTINE, Size.SINGLE, MONTH, INGEST_MAX_BYTES + HEADROOM_BYTES));
        all.add(kept(DECISIONS, Size.SINGLE, WEEK, INGEST_MAX_BYTES));
        Stream.of(TARGETS, TARGET_STATE, SETTINGS, STATS).forEach(name -> all.add(compacted(name)));
        all.add(new TopicSpec(EVENT_STATUS, Size.SINGLE, Cleanup.COMPACT_AND_DELETE, WEEK, INGEST_MAX_BYTES));
        return List.copyOf(all);
    }

    /** {@return the ingest topics whose events no flood elsewhere may delay and no sampling leave out} */
    public static List<String> protectedIngest() {
        return PROTECTED;
    }

    /** {@return the topics that publishers write to} */
    public static List<String> ingest() {
        return INGEST;
    }

    /**
     * {@return the family of an ingest topic, empty for any other topic}
     *
     * @param topic a topic's name
     */
    public static Optional<EventFamily> family(String topic) {
        return Optional.ofNullable(FAMILIES.get(topic));
    }

    /**
     * The topic that an event belongs to when only its type is known. A type that names a topic's category in its first
     * segment ({@code user.login}), or spells the topic out ({@code audit.user.login}), is an audit event; anything else
     * is an AJ event and goes by its prefix up to the first {@code _}, unknown ones to {@code events.system}.
     *
     * @param type an event type
     * @return an ingest topic
     */
    public static String forType(String type) {
        String rest = type.startsWith("audit.") ? type.substring("audit.".length()) : type;
        String first = rest.substring(0, firstOf(rest, '.'));
        if (AUDIT_CATEGORIES.contains(first) && (rest.contains(".") || !rest.equals(type))) {
            return "audit." + first;
        }
        if (type.contains(".")) {
            return "audit.system";
        }
        String prefix = type.substring(0, firstOf(type, '_'));
        return "events." + (AJ_CATEGORIES.contains(prefix) ? prefix : "system");
    }

    private static List<String> retry() {
        return Arrays.stream(Lane.values())
                .flatMap(lane -> RetryTier.topics(lane).stream())
                .toList();
    }

    private static int firstOf(String text, char c) {
        int at = text.indexOf(c);
        return at < 0 ? text.length() : at;
    }

    private static TopicSpec kept(String name, Size size, @Nullable Duration retention, int maxBytes) {
        return new TopicSpec(name, size, Cleanup.DELETE, retention, maxBytes);
    }

    private static TopicSpec compacted(String name) {
        return new TopicSpec(name, Size.SINGLE, Cleanup.COMPACT, null, INGEST_MAX_BYTES);
    }
}
