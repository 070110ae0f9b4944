package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection, opened when it is first needed. A transaction is committed as a whole or not at all. After an error the
 * connection is given up and the next transaction opens another, so no state of a broken one lives on. Safe for use by
 * many threads, one at a time.
 */
final class Transactions implements AutoCloseable {

    private final DatabaseFile database;
    private final SynchronousMode synchronous;

    /** Guarded by this. */
    private @Nullable Session open;

    /** Guarded by this. */
    private boolean closed;

    Transactions(DatabaseFile database, SynchronousMode synchronous) {
        this.database = database;
        this.synchronous = synchronous;
    }

    synchronized <T> T read(SqlAction<T> action) throws SQLException {
        return run(Session::beginReading, action);
    }

    synchronized <T> T write(SqlAction<T> action) throws SQLException {
        return run(Session::beginWriting, action);
    }

    /** Waits for the transaction under way; later ones fail. */
    @Override
    public synchronized void close() {
        closed = true;
        giveUp();
    }

    /** How a transaction begins. */
    @FunctionalInterface
    private interface Begin {
        void begin(Session session) throws SQLException;
    }

    private <T> T run(Begin begin, SqlAction<T> action) throws SQLException {
        boolean committed = false;
        try {
            Session session = session();
            begin.begin(session);
            T result = action.run(session);
            session.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                giveUp();
            }
        }
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
