package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * Brings the file to the newest schema. Flyway costs half a second of CPU in a fresh JVM, so it is started only for a
 * file whose {@code user_version}, which each migration sets, is behind; asking for that costs nothing.
 */
final class Schema {

    /** The newest migration in {@code db/migration}. */
    static final int NEWEST = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String SCRIPTS = "classpath:db/migration";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final DatabaseFile database;

    Schema(DatabaseFile database) {
        this.database = database;
    }

    /** @throws ConfigException if the file cannot be used */
    void migrate() {
        try {
            create();
            migrateAlone();
        } catch (IOException | SQLException | FlywayException e) {
            throw new ConfigException(
                    "store " + database.path() + ": expected a SQLite file that can be written, got: " + e.getMessage(),
                    e);
        }
    }

    /** The file holds the targets' secrets, so nobody but its owner may read it; SQLite's other files follow it. */
    private void create() throws IOException {
        Path file = database.path().toAbsolutePath();
        Files.createDirectories(file.getParent());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && Files.notExists(file)) {
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } catch (FileAlreadyExistsException e) {
                LOG.debug("store {}: another process made the file at the same moment", file);
            }
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
