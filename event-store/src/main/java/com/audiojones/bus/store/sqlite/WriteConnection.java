package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** One connection to write with. Safe for use by many threads, one at a time. */
final class WriteConnection implements AutoCloseable {

    private final DatabaseFile database;
    private final Transactions transactions;

    WriteConnection(DatabaseFile database, SynchronousMode synchronous) {
        this.database = database;
        this.transactions = new Transactions(database, synchronous);
    }

    <T> T transaction(String what, SqlAction<T> action) {
        try {
            return transactions.write(action);
        } catch (SQLException e) {
            throw database.unavailable(what, e);
        }
    }

    @Override
    public void close() {
        transactions.close();
    }
}
