package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/**
 * Opens connections to one SQLite file.
 *
 * @param path the file
 * @param busyTimeout how long a statement waits for another process's transaction before it fails
 */
record DatabaseFile(Path path, Duration busyTimeout) {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);
    private static final int CACHE_KIB = 16 * 1024;

    /**
     * {@return a connection}
     *
     * @param synchronous what a commit waits for
     */
    Session open(SynchronousMode synchronous) throws SQLException {
        SQLiteConfig config = config();
        config.setSynchronous(synchronous);
        return new Session(source(config).getConnection());
    }

    /** {@return a source of plain connections, for Flyway} */
    SQLiteDataSource source() {
        return source(config());
    }

    /** Closes a connection; what it had not committed is rolled back, whether or not closing works. */
    void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.warn("store {}: a connection could not be closed: {}", path, e.getMessage());
        }
    }

    StoreUnavailableException unavailable(String what, Exception cause) {
        return new StoreUnavailableException(
                "store " + path + ": could not " + what + ": " + cause.getMessage(), cause);
    }

    private SQLiteDataSource source(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setTempStore(TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIB);
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        return config;
    }
}
