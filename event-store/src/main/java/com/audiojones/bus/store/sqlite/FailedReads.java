package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reading of events that a target still lacks. A run over all pages looks at each letter of the target once. */
final class FailedReads {

    private static final String FAILED = """
            SELECT DISTINCT event_id FROM dead_letters AS letter
            WHERE target_id = ?1 AND timestamp BETWEEN ?2 AND ?3 AND event_id > ?4
                AND EXISTS (SELECT 1 FROM events WHERE event_id = letter.event_id AND created_at IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM status_webhook_deliveries AS delivery
                    WHERE delivery.event_id = letter.event_id AND delivery.target_id = letter.target_id
                        AND delivery.outcome = 'delivered'
                        AND (delivery.timestamp >= letter.timestamp OR delivery.replay_id = letter.replay_id))
            ORDER BY event_id LIMIT ?5""";

    static final String PAGE = EventReads.COLUMNS + "WHERE event_id IN (" + FAILED + ") ORDER BY event_id";

    static final String COUNT = "SELECT count(*) FROM (" + FAILED + ")";

    private static final String BEFORE_ALL = "";
    private static final int NO_LIMIT = -1;

    private final Session session;

    FailedReads(Session session) {
        this.session = session;
    }

    List<StoredEvent> page(Failures failures, @Nullable EventId after, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = query(PAGE, failures, after == null ? BEFORE_ALL : after.value(), limit)) {
            while (rows.next()) {
                events.add(EventReads.event(rows));
            }
        }
        return events;
    }

    long count(Failures failures) throws SQLException {
        try (ResultSet row = query(COUNT, failures, BEFORE_ALL, NO_LIMIT)) {
            row.next();
            return row.getLong(1);
        }
    }

    private ResultSet query(String sql, Failures failures, String after, int limit) throws SQLException {
        return session.query(
                sql, failures.targetId(), millis(failures.since()), millis(failures.until()), after, limit);
    }
}
