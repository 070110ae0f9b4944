package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * Brings the file to the newest schema. Flyway costs half a second of CPU in a fresh JVM, so it is started only for a
 * file whose {@code user_version}, which each migration sets, is behind; asking for that costs nothing.
 */
final class Schema {

    /** The newest migration in {@code db/migration}. */
    static final int NEWEST = 6;

    private static final String SCRIPTS = "classpath:db/migration";

    private final DatabaseFile database;

    Schema(DatabaseFile database) {
        this.database = database;
    }

    /** @throws ConfigException if the file cannot be used */
    void migrate() {
        try {
            PrivateFile.createIfMissing(database.path());
            migrateAlone();
        } catch (IOException | SQLException | FlywayException e) {
            throw new ConfigException(
                    "store " + database.path() + ": expected a SQLite file that can be written, got: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Two starts at once are kept apart here: Flyway cannot lock a SQLite database against another Flyway, and SQLite does
     * not wait for whoever opens a new file at the same moment.
     */
    private void migrateAlone() throws IOException, SQLException {
        Path lockFile = database.path().resolveSibling(database.path().getFileName() + "-migration");
        synchronized (Schema.class) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && isBehind()) {
                    Flyway.configure(Schema.class.getClassLoader())
                            .dataSource(database.source())
                            .locations(SCRIPTS)
                            .loggers("slf4j")
                            .load()
                            .migrate();
                }
            }
        }
    }

    private boolean isBehind() throws SQLException {
        int version = version();
        if (version > NEWEST) {
            throw new ConfigException(
                    "store " + database.path() + ": expected schema version " + NEWEST + " or older, got " + version
                            + ": a newer release has used the file",
                    null);
        }
        return version < NEWEST;
    }

    private int version() throws SQLException {
        try (Session session = database.open(SynchronousMode.NORMAL);
                ResultSet found = session.query("PRAGMA user_version")) {
            found.next();
            return found.getInt(1);
        }
    }
}
