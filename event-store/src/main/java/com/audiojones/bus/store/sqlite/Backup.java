package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** Copies a database into a file of its own while it is read and written. */
final class Backup {

    private Backup() {}

    /** @throws ConfigException if the copy is there already or cannot be made */
    static void copy(DatabaseFile database, Path copy) {
        create(copy);
        try (Session session = database.open(SynchronousMode.NORMAL)) {
            session.update("VACUUM INTO ?", copy.toAbsolutePath().toString());
        } catch (SQLException e) {
            removeEmpty(copy);
            throw database.unavailable("copy it to " + copy, e);
        }
    }

    private static void create(Path copy) {
        try {
            PrivateFile.create(copy);
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException(copy + ": expected a file that does not exist yet, got one that does", e);
        } catch (IOException e) {
            throw new ConfigException(copy + ": expected a file that can be written, got: " + e.getMessage(), e);
        }
    }

    /** What a copy that failed leaves would stand in the way of the next one. */
    private static void removeEmpty(Path copy) {
        try {
            if (Files.size(copy) == 0) {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new ConfigException(copy + ": it is empty and cannot be removed: " + e, e);
        }
    }
}
