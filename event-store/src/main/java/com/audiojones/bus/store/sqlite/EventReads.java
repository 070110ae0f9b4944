package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reading of events by their id, and of the rows of lists. */
final class EventReads {

    static final String COLUMNS = """
            SELECT event_id, event_type, name, topic, priority, created_at, occurred_at, expires_at, sample_rate,
                traceparent, only_target, body, dispatched_to, delivery_success, delivery_failed
            FROM events
            """;

    static final String BY_ID = COLUMNS + "WHERE event_id = ? AND created_at IS NOT NULL";

    private final Session session;

    EventReads(Session session) {
        this.session = session;
    }

    Optional<StoredEvent> byId(String eventId) throws SQLException {
        try (ResultSet rows = session.query(BY_ID, eventId)) {
            return rows.next() ? Optional.of(event(rows)) : Optional.empty();
        }
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
        int dispatchedTo = row.getInt("dispatched_to");
        Integer known = row.wasNull() ? null : dispatchedTo;
        int success = row.getInt("delivery_success");
        int failed = row.getInt("delivery_failed");
        return new StoredEvent(
                headers, row.getString("body"), EventState.of(known, success, failed), dispatchedTo, success, failed);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        Instant time = time(row, column);
        return row.wasNull() ? null : time;
    }
}
