package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The deleting of what is old, and of the oldest where the file holds more than it is to hold. What became of an event
 * goes with it, found by the event's id: an index by time of everything would cost each write. The file keeps its size,
 * and fills what is free.
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

    private static final List<String> BY_TIME = List.of(
            "DELETE FROM quarantine WHERE timestamp < ?",
            "DELETE FROM bus_replays WHERE started_at < ?",
            "DELETE FROM stats_buckets WHERE minute < ?");

    private static final String USED = "SELECT (page_count - freelist_count) * page_size"
            + " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()";

    private static final String QUARANTINED = "SELECT coalesce(sum(octet_length(value_base64)), 0) FROM ";
    private static final String OLDEST_QUARANTINE = "(SELECT * FROM quarantine ORDER BY timestamp LIMIT 10)";
    private static final String DELETE_OLDEST_QUARANTINE =
            "DELETE FROM quarantine WHERE id IN (SELECT id FROM " + OLDEST_QUARANTINE + ")";

    private static final long NOTHING = -1;

    /** Later than any event. */
    private static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final WriteConnection writes;
    private final long maxBytes;

    /** @param maxBytes how much the file is to hold at most */
    Expiry(WriteConnection writes, long maxBytes) {
        this.writes = writes;
        this.maxBytes = maxBytes;
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
        if (maxBytes < Long.MAX_VALUE) {
            shrinkQuarantine();
            deleted += shrinkEvents();
        }
        return deleted;
    }

    /** Quarantine may have a tenth of the file: who sends garbage must not be able to push the events out. */
    private void shrinkQuarantine() {
        long kept = writes.transaction("measure quarantine", session -> number(session, QUARANTINED + "quarantine"));
        while (kept > maxBytes / 10) {
            long freed = writes.transaction("delete old quarantine", session -> {
                long bytes = number(session, QUARANTINED + OLDEST_QUARANTINE);
                boolean deleted = used(session) > maxBytes && session.update(DELETE_OLDEST_QUARANTINE) > 0;
                return deleted ? bytes : NOTHING;
            });
            if (freed == NOTHING) {
                return;
            }
            kept -= freed;
        }
    }

    /** Only as long as that makes room: something else may fill the file. */
    private long shrinkEvents() {
        long deleted = 0;
        long before = Long.MAX_VALUE;
        long used = writes.transaction("measure the file", Expiry::used);
        while (used > maxBytes && used < before) {
            deleted += writes.transaction("delete the oldest events", session -> step(session, END));
            before = used;
            used = writes.transaction("measure the file", Expiry::used);
        }
        return deleted;
    }

    private static long used(Session session) throws SQLException {
        return number(session, USED);
    }

    private static long number(Session session, String sql) throws SQLException {
        try (ResultSet row = session.query(sql)) {
            row.next();
            return row.getLong(1);
        }
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
