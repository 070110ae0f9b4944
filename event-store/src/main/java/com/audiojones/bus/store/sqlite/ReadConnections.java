package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * A few connections to read with, each opened when it is first needed. Every call reads one snapshot and never waits for
 * a writer. Safe for use by many threads; a fifth reader waits for one of the first four.
 */
final class ReadConnections implements AutoCloseable {

    private static final int MOST = 4;

    private final DatabaseFile database;
    private final List<Reader> all = Stream.generate(Reader::new).limit(MOST).toList();
    private final BlockingQueue<Reader> free = new ArrayBlockingQueue<>(MOST, true, all);

    private volatile boolean closed;

    ReadConnections(DatabaseFile database) {
        this.database = database;
    }

    <T> T read(String what, SqlAction<T> action) {
        Reader reader = take(what);
        try {
            return reader.read(action);
        } catch (SQLException e) {
            throw database.unavailable(what, e);
        } finally {
            free.add(reader);
        }
    }

    /** Waits for the calls under way; later ones fail. */
    @Override
    public void close() {
        closed = true;
        all.forEach(Reader::giveUp);
    }

    private Reader take(String what) {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw database.unavailable(what, e);
        }
    }

    private final class Reader {

        /** Guarded by this. */
        private @Nullable Session open;

        synchronized <T> T read(SqlAction<T> action) throws SQLException {
            boolean done = false;
            try {
                Session session = session();
                session.beginReading();
                T result = action.run(session);
                session.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
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
                session = database.open(SynchronousMode.NORMAL);
                open = session;
            }
            return session;
        }

        synchronized void giveUp() {
            Session session = open;
            open = null;
            if (session != null) {
                database.close(session);
            }
        }
    }
}
