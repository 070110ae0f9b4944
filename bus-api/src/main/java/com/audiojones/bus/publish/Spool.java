package com.audiojones.bus.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk in the order in which they were published: append-only files of some megabytes, each deleted when all of
 * its events are in Kafka. Survives a crash at any point: an entry that is not whole was never said to be durable. After a
 * crash the events of the oldest file are read from its beginning again. Safe for use by many threads.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final String SUFFIX = ".spool";
    private static final long FILE_BYTES = 8L * 1024 * 1024;

    private final Path directory;
    private final long maxBytes;
    private final FileChannel lockFile;
    private final Deque<SpoolFile> files = new ArrayDeque<>();
    private long nextNumber = 1;

    private Spool(Path directory, long maxBytes, FileChannel lockFile) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.lockFile = lockFile;
    }

    /**
     * Opens a directory, which is made where it is missing, for this process alone.
     *
     * @throws IOException if it cannot be read and written, or another process has it
     */
    static Spool open(Path directory, long maxBytes) throws IOException {
        Files.createDirectories(directory);
        Spool spool = new Spool(directory, maxBytes, lock(directory));
        try {
            spool.load();
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** What waits for Kafka, in bytes. */
    synchronized long bytes() {
        return files.stream().mapToLong(SpoolFile::unread).sum();
    }

    synchronized boolean isEmpty() {
        return files.stream().allMatch(file -> file.unread() == 0);
    }

    /**
     * Writes an event behind all others; durable after the next {@link #force()}.
     *
     * @throws SpoolFullException if there is no room for it
     */
    synchronized void append(Outgoing event) throws IOException {
        ByteBuffer entry = SpoolEntry.encode(event);
        if (bytes() + entry.remaining() > maxBytes) {
            throw new SpoolFullException("event " + event.id() + " for " + event.topic()
                    + " was not kept: Kafka is away and the spool in " + directory + " has its " + maxBytes + " bytes");
        }
        SpoolFile last = files.peekLast();
        if (last == null || last.size() >= FILE_BYTES) {
            if (last != null) {
                last.force();
            }
            last = SpoolFile.open(directory.resolve("%016d%s".formatted(nextNumber++, SUFFIX)));
            files.addLast(last);
        }
        last.append(entry);
    }

    /** Makes durable what was appended before. */
    void force() throws IOException {
        SpoolFile last;
        synchronized (this) {
            last = files.peekLast();
        }
        if (last != null) {
            last.force();
        }
    }

    /** The oldest events of one file that are not dropped, up to a number. */
    synchronized List<SpoolFile.Found> peek(int most) throws IOException {
        SpoolFile first = files.peekFirst();
        while (first != null && first.unread() == 0) {
            files.removeFirst().delete();
            first = files.peekFirst();
        }
        return first == null ? List.of() : entries(first, most);
    }

    private List<SpoolFile.Found> entries(SpoolFile file, int most) throws IOException {
        List<SpoolFile.Found> found = new ArrayList<>();
        long position = file.position();
        while (found.size() < most && position < file.size()) {
            SpoolFile.Found entry = file.at(position);
            if (entry == null) {
                reportDamage(file, position);
                break;
            }
            found.add(entry);
            position = entry.next();
        }
        return found;
    }

    /** The events that were peeked are in Kafka. */
    synchronized void drop(List<SpoolFile.Found> peeked) throws IOException {
        SpoolFile first = files.getFirst();
        first.moveTo(peeked.getLast().next());
        if (first.unread() == 0) {
            files.removeFirst().delete();
        }
    }

    @Override
    public synchronized void close() {
        try {
            for (SpoolFile file : files) {
                file.close();
            }
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("the spool in {} was not closed in order: {}", directory, e.toString());
        }
    }

    private void load() throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.list(directory)) {
            found = all.filter(path -> path.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path path : found) {
            files.addLast(SpoolFile.open(path));
            String name = path.getFileName().toString();
            nextNumber = Long.parseLong(name.substring(0, name.length() - SUFFIX.length())) + 1;
        }
        SpoolFile last = files.peekLast();
        if (last != null) {
            cutTornEntry(last);
        }
        if (!isEmpty()) {
            LOG.info("the spool in {} has {} bytes of events for Kafka", directory, bytes());
        }
    }

    /** A crash may have left the last entry unfinished; what is appended behind it would never be read. */
    private void cutTornEntry(SpoolFile last) throws IOException {
        long position = 0;
        SpoolFile.Found entry = last.at(position);
        while (entry != null) {
            position = entry.next();
            entry = last.at(position);
        }
        if (position < last.size()) {
            reportDamage(last, position);
        }
    }

    private static void reportDamage(SpoolFile file, long position) throws IOException {
        long count = file.size() - position;
        Path aside = file.setAside(position);
        LOG.error(
                "spool file {}: expected a whole entry at offset {}, found none; the {} bytes from there on are kept in {}"
                        + " and not sent",
                file.path(),
                position,
                count,
                aside);
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("the spool in {} is open in this process already", directory);
        }
        if (lock == null) {
            file.close();
            throw new IOException("it is in use by another event bus");
        }
        return file;
    }
}
