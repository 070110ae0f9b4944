package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The deleting of what is old, and of the oldest where the file holds more than it is to hold. What became of an event goes with it, found by the event's id: an index by time of
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

    private static final List<String> BY_TIME = List.of(
            "DELETE FROM quarantine WHERE timestamp < ?",
            "DELETE FROM bus_replays WHERE started_at < ?",
            "DELETE FROM stats_buckets WHERE minute < ?");

    private static final String USED = "SELECT (page_count - freelist_count) * page_size"
            + " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()";

    private static final String QUARANTINED = "SELECT coalesce(sum(length(value_base64)), 0) FROM quarantine";
    private static final String OLD_QUARANTINE =
            "DELETE FROM quarantine WHERE id IN" + " (SELECT id FROM quarantine ORDER BY timestamp LIMIT 10)";

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
        long deleted = deleteSteps(session -> step(session, time));
        writes.transaction("delete old figures", session -> {
            for (String sql : BY_TIME) {
                session.update(sql, millis(time));
            }
            return true;
        });
        return deleted + (maxBytes == Long.MAX_VALUE ? 0 : shrink());
    }

    /**
     * Quarantine may have a tenth of the file: who sends garbage must not be able to push the events out. Events go only as
     * long as that makes room.
     */
    private long shrink() {
        int quarantined;
        do {
            quarantined = writes.transaction(
                    "delete old quarantine",
                    session -> used(session) > maxBytes && number(session, QUARANTINED) > maxBytes / 10
                            ? session.update(OLD_QUARANTINE)
                            : 0);
        } while (quarantined > 0);
        long[] before = {Long.MAX_VALUE};
        return deleteSteps(session -> {
            long used = used(session);
            boolean helps = used < before[0];
            before[0] = used;
            return used > maxBytes && helps ? step(session, END) : 0;
        });
    }

    private long deleteSteps(SqlAction<Integer> action) {
        long deleted = 0;
        int step;
        do {
            step = writes.transaction("delete old events", action);
            deleted += step;
        } while (step == STEP);
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
