package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoredReplay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes and reads replays. */
final class ReplayRows {

    private static final String INSERT = """
            INSERT INTO bus_replays (replay_id, event_id, target_id, failed_since, state, written, total, started_at,
                changed_at, problem)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (replay_id) DO""";

    private static final String UPDATE = """
            UPDATE SET state = excluded.state, written = excluded.written,
                total = excluded.total, changed_at = excluded.changed_at, problem = excluded.problem""";

    static final String PAGE = "SELECT * FROM bus_replays WHERE (started_at, id) < (?1, ?2)"
            + " ORDER BY started_at DESC, id DESC LIMIT ?3";

    private static final String BY_ID = "SELECT * FROM bus_replays WHERE replay_id = ?";

    private final Session session;

    ReplayRows(Session session) {
        this.session = session;
    }

    /** {@return the statement that puts a replay, which of a copy puts it only where there is none} */
    static String put(boolean ofACopy) {
        return INSERT + " " + (ofACopy ? "NOTHING" : UPDATE);
    }

    /** {@return the parameters of {@link #put}} */
    static @Nullable Object[] row(StoredReplay replay) {
        return new @Nullable Object[] {
            replay.id(),
            replay.eventId(),
            replay.targetId(),
            millis(replay.failedSince()),
            replay.state().name(),
            replay.written(),
            replay.total(),
            millis(replay.startedAt()),
            millis(replay.changedAt()),
            replay.problem()
        };
    }

    Page<StoredReplay> page(int limit, @Nullable PageCursor after) throws SQLException {
        try (ResultSet rows = session.query(PAGE, RowPage.at(after), RowPage.row(after), limit + 1)) {
            return RowPage.of(rows, "started_at", limit, ReplayRows::replay);
        }
    }

    Optional<StoredReplay> byId(String id) throws SQLException {
        try (ResultSet row = session.query(BY_ID, id)) {
            return row.next() ? Optional.of(replay(row)) : Optional.empty();
        }
    }

    /** The replay in a row of the table. */
    static StoredReplay replay(ResultSet row) throws SQLException {
        return new StoredReplay(
                row.getString("replay_id"),
                row.getString("event_id"),
                row.getString("target_id"),
                EventReads.timeOrNull(row, "failed_since"),
                StoredReplay.State.valueOf(row.getString("state")),
                row.getLong("written"),
                row.getLong("total"),
                EventReads.time(row, "started_at"),
                EventReads.time(row, "changed_at"),
                row.getString("problem"));
    }
}
