package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The deleting of what is old. What became of an event goes with it, found by the event's id: an index by time of
 * everything would cost each write. The file keeps its size, and fills what is free.
 */
final class Expiry {

    /** As many events go in one transaction. */
    static final int STEP = 500;

    static final String OLD = "SELECT event_id FROM events WHERE created_at IS NOT NULL AND created_at < ?"
            + " ORDER BY created_at LIMIT " + STEP;

    private static final List<String> OF_EVENT = List.of(
            "DELETE FROM status_webhook_deliveries WHERE event_id = ?",
            "DELETE FROM dead_letters WHERE event_id = ?",
            "DELETE FROM events WHERE event_id = ?");

    private static final List<String> BY_TIME =
            List.of("DELETE FROM quarantine WHERE timestamp < ?", "DELETE FROM stats_buckets WHERE minute < ?");

    private final WriteConnection writes;

    Expiry(WriteConnection writes) {
        this.writes = writes;
    }

    long deleteBefore(Instant time) {
        long deleted = 0;
        int step;
        do {
            step = writes.transaction("delete old events", session -> step(session, time));
            deleted += step;
        } while (step == STEP);
        writes.transaction("delete old figures", session -> {
            for (String sql : BY_TIME) {
                session.update(sql, millis(time));
            }
            return true;
        });
        return deleted;
    }

    private static int step(Session session, Instant time) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = session.query(OLD, millis(time))) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        for (String id : ids) {
            for (String sql : OF_EVENT) {
                session.update(sql, id);
            }
        }
        return ids.size();
    }
}
