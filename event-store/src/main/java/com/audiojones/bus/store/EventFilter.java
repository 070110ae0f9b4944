package com.audiojones.bus.store;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are listed: those to which all of it applies.
 *
 * @param pattern matched against names and types; null: all
 * @param topic the topic they were published to; null: all
 * @param priority their priority; null: all
 * @param state what has become of them; null: all
 * @param source {@code metadata.source} of their bodies; null: all
 * @param from taken in at this time or later; null: from the beginning
 * @param until taken in before this time; null: up to now
 * @param idPrefix the beginning of their ids; null: all
 * @param text words that their bodies have, all of them; null: all. Not every store can look for words
 */
public record EventFilter(
        @Nullable NamePattern pattern,
        @Nullable String topic,
        @Nullable Priority priority,
        @Nullable EventState state,
        @Nullable String source,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String idPrefix,
        @Nullable String text) {

    /** Every event. */
    public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null, null, null, null);

    /** Checks the beginning of ids. */
    public EventFilter {
        if (idPrefix != null && !EventId.isValid(idPrefix)) {
            throw new IllegalArgumentException("id: expected the beginning of an event's id, got '" + idPrefix + "'");
        }
    }

    /**
     * {@return every event of a name or type}
     *
     * @param pattern matched against names and types
     */
    public static EventFilter named(NamePattern pattern) {
        return new EventFilter(pattern, null, null, null, null, null, null, null, null);
    }

    /**
     * {@return whether an event of such headers may be listed, as far as its headers say}
     *
     * @param headers the event's
     */
    public boolean matches(LaneHeaders headers) {
        return matchesKind(headers.topic(), headers.priority(), headers.name(), headers.eventType())
                && (from == null || !headers.ingestedAt().isBefore(from))
                && (until == null || headers.ingestedAt().isBefore(until))
                && (idPrefix == null || headers.eventId().value().startsWith(idPrefix));
    }

    /**
     * {@return whether events of a kind may be listed}
     *
     * @param kindTopic their topic
     * @param kindPriority their priority
     * @param name their name
     * @param type their type
     */
    public boolean matchesKind(String kindTopic, Priority kindPriority, String name, String type) {
        return (pattern == null || pattern.matches(name) || pattern.matches(type))
                && (topic == null || topic.equals(kindTopic))
                && (priority == null || priority == kindPriority);
    }

    /** {@return whether it depends on the kind of event: name, type, topic or priority} */
    public boolean asksForKinds() {
        return pattern != null || topic != null || priority != null;
    }
}
