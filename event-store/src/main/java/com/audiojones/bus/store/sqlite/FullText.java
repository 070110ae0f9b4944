package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.store.UnsupportedFilterException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The index of the words in bodies (FTS5), an option, since it costs each write about as much as the event itself. It has
 * no copy of the bodies, and triggers keep it. Whoever opens the file says whether it is there.
 */
final class FullText {

    static final String TABLE = "events_text";

    private static final String EXISTS = "SELECT count(*) FROM sqlite_schema WHERE name = '" + TABLE + "'";

    private static final List<String> CREATE = List.of(
            "CREATE VIRTUAL TABLE events_text USING fts5(body, content = 'events', content_rowid = 'id')",
            "INSERT INTO events_text (events_text) VALUES ('rebuild')",
            "CREATE TRIGGER events_text_inserted AFTER INSERT ON events BEGIN"
                    + " INSERT INTO events_text (rowid, body) VALUES (NEW.id, NEW.body); END",
            "CREATE TRIGGER events_text_deleted AFTER DELETE ON events BEGIN"
                    + " INSERT INTO events_text (events_text, rowid, body) VALUES ('delete', OLD.id, OLD.body); END",
            "CREATE TRIGGER events_text_updated AFTER UPDATE OF body ON events BEGIN"
                    + " INSERT INTO events_text (events_text, rowid, body) VALUES ('delete', OLD.id, OLD.body);"
                    + " INSERT INTO events_text (rowid, body) VALUES (NEW.id, NEW.body); END");

    private static final List<String> DROP = List.of(
            "DROP TRIGGER events_text_inserted",
            "DROP TRIGGER events_text_deleted",
            "DROP TRIGGER events_text_updated",
            "DROP TABLE events_text");

    private FullText() {}

    /** Makes the index, which takes its time where there are events, or removes it; nothing where it is as wanted. */
    static void ensure(DatabaseFile database, boolean wanted) {
        try (Session session = database.open(SynchronousMode.NORMAL)) {
            if (exists(session) != wanted) {
                session.beginWriting();
                if (exists(session) != wanted) {
                    for (String sql : wanted ? CREATE : DROP) {
                        session.update(sql);
                    }
                }
                session.commit();
            }
        } catch (SQLException e) {
            throw new ConfigException(
                    "store " + database.path() + ": the full-text index could not be "
                            + (wanted ? "made: " : "removed: ") + e.getMessage(),
                    e);
        }
    }

    /** @throws UnsupportedFilterException if the file has no index */
    static void require(Session session) throws SQLException {
        if (!exists(session)) {
            throw new UnsupportedFilterException(
                    "text: expected a store with a full-text index, got one without; store.sqlite-full-text=true makes it");
        }
    }

    /** {@return FTS5's query for all words of a text, each taken literally} */
    static String query(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .map(word -> '"' + word.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(" "));
    }

    private static boolean exists(Session session) throws SQLException {
        try (ResultSet row = session.query(EXISTS)) {
            row.next();
            return row.getInt(1) > 0;
        }
    }
}
