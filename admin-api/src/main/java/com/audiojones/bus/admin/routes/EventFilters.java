package com.audiojones.bus.admin.routes;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the filter of a list of events from a query string. */
final class EventFilters {

    private static final int MAX_CHARS = 256;

    private static final String STATES =
            Arrays.stream(EventState.values()).map(EventState::label).collect(Collectors.joining(", "));

    private EventFilters() {}

    static EventFilter of(Query query) {
        return new EventFilter(
                pattern(query.text("type")),
                words("topic", query.text("topic")),
                priority(query.text("priority")),
                state(query.text("status")),
                words("source", query.text("source")),
                time("from", query.text("from")),
                time("until", query.text("until")),
                id(query.text("id")),
                words("text", query.text("text")));
    }

    private static @Nullable NamePattern pattern(@Nullable String type) {
        try {
            return type == null ? null : NamePattern.of(type);
        } catch (IllegalArgumentException e) {
            throw Query.refused("type: expected a pattern such as audit.user.* or status_*, got " + Query.quoted(type));
        }
    }

    private static @Nullable Priority priority(@Nullable String text) {
        return text == null
                ? null
                : Arrays.stream(Priority.values())
                        .filter(priority -> priority.name().equals(text))
                        .findFirst()
                        .orElseThrow(
                                () -> Query.refused("priority: expected P0, P1, P2 or P3, got " + Query.quoted(text)));
    }

    private static @Nullable EventState state(@Nullable String text) {
        return text == null
                ? null
                : EventState.ofLabel(text)
                        .orElseThrow(() ->
                                Query.refused("status: expected one of " + STATES + ", got " + Query.quoted(text)));
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Query.refused(name + ": expected a time such as 2026-11-27T10:30:00Z, got " + Query.quoted(text));
        }
    }

    private static @Nullable String words(String name, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > MAX_CHARS || text.indexOf(0) >= 0)) {
            throw Query.refused(
                    name + ": expected 1 to " + MAX_CHARS + " characters, none of them NUL, got " + Query.quoted(text));
        }
        return text;
    }

    private static @Nullable String id(@Nullable String text) {
        if (text != null && !EventId.isValid(text)) {
            throw Query.refused("id: expected the beginning of an event's id, got " + Query.quoted(text));
        }
        return text;
    }
}
