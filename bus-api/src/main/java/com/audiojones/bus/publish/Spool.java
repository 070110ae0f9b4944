package com.audiojones.bus.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk in the order in which they were published: append-only files of some megabytes, each deleted when all of
 * its events are in Kafka. Survives a crash at any point: an entry that is not whole was never said to be durable. After a
 * crash the events of the oldest file are read from its beginning again. Safe for use by many threads.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SUFFIX = ".spool";
    private static final Pattern NAME = Pattern.compile("\\d{16}\\.spool");
    private static final long FILE_BYTES = 8L * 1024 * 1024;

    private final Path directory;
    private final SpoolBudget budget;
    private final Deque<SpoolFile> files = new ArrayDeque<>();
    private long nextNumber = 1;
    private boolean closed;

    private Spool(Path directory, SpoolBudget budget) {
        this.directory = directory;
        this.budget = budget;
    }

    /**
     * Opens a directory, which is made where it is missing.
     *
     * @throws IOException if it cannot be read and written
     */
    static Spool open(Path directory, SpoolBudget budget) throws IOException {
        Files.createDirectories(directory);
        Spool spool = new Spool(directory, budget);
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
        if (closed) {
            throw new IOException("the spool is closed");
        }
        ByteBuffer entry = SpoolEntry.encode(event);
        int size = entry.remaining();
        if (!budget.take(size)) {
            throw new SpoolFullException("event " + event.id() + " for " + event.topic()
                    + " was not kept: Kafka is away and the spool has its " + budget.most() + " bytes");
        }
        try {
            lastFile().append(entry);
        } catch (IOException | RuntimeException e) {
            budget.give(size);
            throw e;
        }
    }

    private SpoolFile lastFile() throws IOException {
        SpoolFile last = files.peekLast();
        if (last == null || last.size() >= FILE_BYTES) {
            if (last != null) {
                last.force();
            }
            last = SpoolFile.open(directory.resolve("%016d%s".formatted(nextNumber++, SUFFIX)));
            files.addLast(last);
            forceNames();
        }
        return last;
    }

    /** A file is durable when its name is. */
    private void forceNames() throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
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

    /** The oldest event is in Kafka. */
    synchronized void drop(SpoolFile.Found oldest) throws IOException {
        SpoolFile first = files.getFirst();
        budget.give(oldest.next() - first.position());
        first.moveTo(oldest.next());
        if (first.unread() == 0) {
            files.removeFirst().delete();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            for (SpoolFile file : files) {
                file.close();
            }
        } catch (IOException e) {
            LOG.warn("the spool in {} was not closed in order: {}", directory, e.toString());
        }
    }

    private void load() throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.list(directory)) {
            found = all.filter(
                            path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path path : found) {
            files.addLast(SpoolFile.open(path));
            String name = path.getFileName().toString();
            nextNumber = Long.parseLong(name.substring(0, name.length() - SUFFIX.length())) + 1;
        }
        budget.takeFound(bytes());
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

    /** Keeps an event that Kafka will never take beside the spool, as a line of JSON, and goes on behind it. */
    synchronized void setAside(SpoolFile.Found found, Exception reason) throws IOException {
        Outgoing event = found.event();
        String line = MAPPER.writeValueAsString(Map.of(
                "eventId", event.id().value(),
                "topic", event.topic(),
                "reason", String.valueOf(reason.getMessage()),
                "event", new String(event.record().value(), StandardCharsets.UTF_8)));
        Files.writeString(
                directory.resolve("set-aside.ndjson"),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
        drop(found);
    }

    private void reportDamage(SpoolFile file, long position) throws IOException {
        long count = file.size() - position;
        budget.give(count);
        Path aside = file.setAside(position);
        LOG.error(
                "spool file {}: expected a whole entry at offset {}, found none; the {} bytes from there on are kept in {}"
                        + " and not sent",
                file.path(),
                position,
                count,
                aside);
    }
}
