package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.config.ConfigException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with the targets' secrets in them, which nobody but their owner may read. */
final class PrivateFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /** Makes an empty file, unless there is one of that name. */
    static void createIfMissing(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (Files.exists(absolute)) {
            if (posix && Files.size(absolute) == 0) {
                Files.setPosixFilePermissions(absolute, OWNER_ONLY);
            }
        } else {
            try {
                Files.createFile(absolute, rights(absolute));
            } catch (FileAlreadyExistsException e) {
                // Another process made it at the same moment.
            }
        }
    }

    /**
     * Makes an empty file.
     *
     * @throws ConfigException if there is one of that name, or it cannot be made
     */
    static void create(Path file) {
        Path absolute = file.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            Files.createFile(absolute, rights(absolute));
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException(file + ": expected a file that does not exist yet, got one that does", e);
        } catch (IOException e) {
            throw new ConfigException(file + ": expected a file that can be written, got: " + e.getMessage(), e);
        }
    }

    /** Removes a file that nothing was written to. */
    static void removeEmpty(Path file) {
        try {
            if (Files.size(file) == 0) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ConfigException(file + ": it is empty and cannot be removed: " + e, e);
        }
    }

    private static FileAttribute<?>[] rights(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[] {};
    }
}
