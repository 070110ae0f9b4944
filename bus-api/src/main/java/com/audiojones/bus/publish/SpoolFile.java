package com.audiojones.bus.publish;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spool: entries are added at its end and read from its beginning. One thread at a time, but for {@link
 * #force()}. No channel: the interrupt of a publisher's thread would close it.
 */
final class SpoolFile implements AutoCloseable {

    private final Path path;
    private final RandomAccessFile file;
    private long written;
    private long read;
    private volatile boolean closed;

    private SpoolFile(Path path, RandomAccessFile file, long written) {
        this.path = path;
        this.file = file;
        this.written = written;
    }

    static SpoolFile open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new SpoolFile(path, file, file.length());
    }

    Path path() {
        return path;
    }

    /** What is not read yet, in bytes. */
    long unread() {
        return written - read;
    }

    long size() {
        return written;
    }

    void append(ByteBuffer entry) throws IOException {
        file.seek(written);
        file.write(entry.array());
        written += entry.remaining();
    }

    /** Makes durable what was appended before. What is closed by now is in Kafka. */
    void force() throws IOException {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    /** Where to go on reading. */
    long position() {
        return read;
    }

    void moveTo(long position) {
        read = position;
    }

    /** The entry at a position, or null where there is none that is whole. */
    @Nullable
    Found at(long position) throws IOException {
        if (written - position < SpoolEntry.HEAD_BYTES) {
            return null;
        }
        ByteBuffer head = read(position, SpoolEntry.HEAD_BYTES);
        int length = head.getInt();
        int checksum = head.getInt();
        if (length < SpoolEntry.MIN_BODY_BYTES
                || length > SpoolEntry.MAX_BODY_BYTES
                || written - position - SpoolEntry.HEAD_BYTES < length) {
            return null;
        }
        Outgoing event =
                SpoolEntry.decode(read(position + SpoolEntry.HEAD_BYTES, length).array(), checksum);
        return event == null ? null : new Found(event, position + SpoolEntry.HEAD_BYTES + length);
    }

    /** An entry and where the next one begins. */
    record Found(Outgoing event, long next) {}

    /** Keeps what stands from a position on in a file beside this one, and cuts it off here. */
    Path setAside(long from) throws IOException {
        Path aside = free(path.getFileName() + ".damaged");
        Files.write(aside, read(from, Math.toIntExact(written - from)).array());
        file.setLength(from);
        written = from;
        force();
        return aside;
    }

    private Path free(String name) {
        Path candidate = path.resolveSibling(name);
        for (int i = 2; Files.exists(candidate); i++) {
            candidate = path.resolveSibling(name + "-" + i);
        }
        return candidate;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        file.close();
    }

    private ByteBuffer read(long position, int count) throws IOException {
        byte[] bytes = new byte[count];
        file.seek(position);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
