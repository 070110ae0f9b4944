package com.audiojones.bus.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with secrets in them, which nobody but their owner may read, where the file system has owners. Stateless. */
public final class PrivateFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /**
     * Makes an empty file, and its directory where that is missing.
     *
     * @param file the file
     * @throws FileAlreadyExistsException if there is one of that name
     * @throws IOException if it cannot be made
     */
    public static void create(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Files.createFile(
                absolute,
                hasOwners(absolute)
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0]);
    }

    /**
     * Makes an empty file, unless there is one of that name; an empty one is made its owner's alone.
     *
     * @param file the file
     * @throws IOException if it cannot be made
     */
    public static void createIfMissing(Path file) throws IOException {
        try {
            create(file);
        } catch (FileAlreadyExistsException e) {
            if (hasOwners(file) && Files.size(file) == 0) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        }
    }

    private static boolean hasOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
