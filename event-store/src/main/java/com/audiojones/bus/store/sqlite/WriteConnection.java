package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection to write with. A transaction is committed as a whole or not at all. After an error the connection is
 * given up and the next transaction opens another, so no state of a broken one lives on. Safe for use by many threads,
 * one at a time.
 */
final class WriteConnection implements AutoCloseable {

    private final DatabaseFile database;
    private final SynchronousMode synchronous;

    /** Guarded by this. */
    private @Nullable Session open;

    /** Guarded by this. */
    private boolean closed;

    WriteConnection(DatabaseFile database, SynchronousMode synchronous) {
        this.database = database;
        this.synchronous = synchronous;
    }

    synchronized <T> T transaction(String what, SqlAction<T> action) {
        boolean committed = false;
        try {
            Session session = session();
            session.beginWriting();
            T result = action.run(session);
            session.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw database.unavailable(what, e);
        } finally {
            if (!committed) {
                giveUp();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        giveUp();
    }

    private Session session() throws SQLException {
        if (closed) {
            throw new SQLException("it is closed");
        }
        Session session = open;
        if (session == null) {
            session = database.open(synchronous);
            open = session;
        }
        return session;
    }

    /** Closing rolls back what is not committed. */
    private void giveUp() {
        Session session = open;
        open = null;
        if (session != null) {
            database.close(session);
        }
    }
}
