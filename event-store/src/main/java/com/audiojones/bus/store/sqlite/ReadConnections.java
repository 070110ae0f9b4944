package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * A few connections to read with, each opened when it is first needed. Every call reads one snapshot and never waits for
 * a writer. Safe for use by many threads; a fifth reader waits for one of the first four.
 */
final class ReadConnections implements AutoCloseable {

    private static final int MOST = 4;

    private final DatabaseFile database;
    private final List<Transactions> all;
    private final BlockingQueue<Transactions> free;

    ReadConnections(DatabaseFile database) {
        this.database = database;
        this.all = Stream.generate(() -> new Transactions(database, SynchronousMode.NORMAL))
                .limit(MOST)
                .toList();
        this.free = new ArrayBlockingQueue<>(MOST, true, all);
    }

    <T> T read(String what, SqlAction<T> action) {
        Transactions reader = take(what);
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
        all.forEach(Transactions::close);
    }

    private Transactions take(String what) {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw database.unavailable(what, e);
        }
    }
}
