package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventPage;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reading of events. A pattern goes to SQL as a glob that lets through what the pattern matches and a little more,
 * and is decided on name and type alone, without reading the event; {@link NamePattern} itself has the last word.
 */
final class EventReads {

    private static final PageCursor BEFORE_ALL = new PageCursor(Long.MAX_VALUE, "");

    static final String COLUMNS = """
            SELECT event_id, event_type, name, topic, priority, created_at, occurred_at, expires_at, sample_rate,
                traceparent, only_target, body, dispatched_to, delivery_success, delivery_failed
            FROM events
            """;

    static final String PAGE = COLUMNS + """
            WHERE created_at IS NOT NULL AND (created_at, event_id) < (?1, ?2)
                AND (?3 IS NULL OR name GLOB ?3 OR event_type GLOB ?3)
            ORDER BY created_at DESC, event_id DESC""";

    static final String BY_ID = COLUMNS + "WHERE event_id = ? AND created_at IS NOT NULL";

    private final Session session;

    EventReads(Session session) {
        this.session = session;
    }

    EventPage page(@Nullable NamePattern pattern, int limit, @Nullable PageCursor after) throws SQLException {
        PageCursor from = after == null ? BEFORE_ALL : after;
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = session.query(PAGE, from.createdAt(), from.eventId(), glob(pattern))) {
            while (rows.next()) {
                if (pattern != null && !matches(pattern, rows)) {
                    continue;
                }
                if (events.size() == limit) {
                    return new EventPage(events, cursorOf(events.getLast()).toString());
                }
                events.add(event(rows));
            }
        }
        return new EventPage(events, null);
    }

    Optional<StoredEvent> byId(String eventId) throws SQLException {
        try (ResultSet rows = session.query(BY_ID, eventId)) {
            return rows.next() ? Optional.of(event(rows)) : Optional.empty();
        }
    }

    /** A pattern's characters mean the same in a glob, except that here a star stands for dots too. */
    private static @Nullable String glob(@Nullable NamePattern pattern) {
        if (pattern == null) {
            return null;
        }
        String text = pattern.toString();
        return text.indexOf('*') < 0 ? text + '*' : text;
    }

    private static boolean matches(NamePattern pattern, ResultSet row) throws SQLException {
        return pattern.matches(row.getString("name")) || pattern.matches(row.getString("event_type"));
    }

    private static PageCursor cursorOf(StoredEvent event) {
        return new PageCursor(
                event.headers().ingestedAt().toEpochMilli(),
                event.headers().eventId().value());
    }

    /** The event in a row of {@link #COLUMNS}. */
    static StoredEvent event(ResultSet row) throws SQLException {
        LaneHeaders headers = new LaneHeaders(
                new EventId(row.getString("event_id")),
                row.getString("event_type"),
                row.getString("name"),
                row.getString("topic"),
                Priority.valueOf(row.getString("priority")),
                time(row, "occurred_at"),
                time(row, "created_at"),
                timeOrNull(row, "expires_at"),
                row.getDouble("sample_rate"),
                row.getString("traceparent"),
                null,
                row.getString("only_target"));
        return new StoredEvent(
                headers,
                row.getString("body"),
                row.getInt("dispatched_to"),
                row.getInt("delivery_success"),
                row.getInt("delivery_failed"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        Instant time = time(row, column);
        return row.wasNull() ? null : time;
    }
}
