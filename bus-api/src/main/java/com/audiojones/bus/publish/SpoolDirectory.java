package com.audiojones.bus.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of an event bus's spools, one for each topic. Locked for one process while it is open. */
final class SpoolDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private SpoolDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens a directory, which is made where it is missing.
     *
     * @throws IOException if it cannot be read and written, or another process has it
     */
    static SpoolDirectory open(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel file =
                FileChannel.open(path.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new IOException("it is in use by another event bus");
        }
        return new SpoolDirectory(path, file);
    }

    /** Where the spool of a topic is. */
    Path of(String topic) {
        return path.resolve(topic);
    }

    /** The topics that have a spool here. */
    List<String> topics() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
