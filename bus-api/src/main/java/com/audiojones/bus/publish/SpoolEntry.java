package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One event as it stands in a spool file: length and CRC-32C of what follows, then id, topic, traceparent, key, value. */
final class SpoolEntry {

    /** Length and checksum, four bytes each. */
    static final int HEAD_BYTES = 8;

    /** Less than any entry: an id, a topic and the lengths. What is shorter, such as the zeros of a power loss, is damage. */
    static final int MIN_BODY_BYTES = 12;

    /** More than any event with its key; a longer length is damage. */
    static final int MAX_BODY_BYTES = 512 * 1024;

    private SpoolEntry() {}

    static ByteBuffer encode(Outgoing event) {
        byte[] key = event.record().key();
        byte[] value = event.record().value();
        String traceparent = event.traceparent();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(event.id().value());
            out.writeUTF(event.topic());
            out.writeUTF(traceparent == null ? "" : traceparent);
            out.writeInt(key == null ? -1 : key.length);
            if (key != null) {
                out.write(key);
            }
            out.write(value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory does no I/O", e);
        }
        byte[] body = bytes.toByteArray();
        return ByteBuffer.allocate(HEAD_BYTES + body.length)
                .putInt(body.length)
                .putInt(checksum(body))
                .put(body)
                .flip();
    }

    /** The event in a body, or null where it is damaged. */
    static @Nullable Outgoing decode(byte[] body, int checksum) {
        if (checksum(body) != checksum) {
            return null;
        }
        try {
            return decode(body);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Outgoing decode(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        EventId id = new EventId(in.readUTF());
        String topic = in.readUTF();
        String traceparent = in.readUTF();
        int keyLength = in.readInt();
        byte[] key = keyLength < 0 ? null : in.readNBytes(keyLength);
        return Outgoing.of(id, topic, key, in.readAllBytes(), traceparent.isEmpty() ? null : traceparent);
    }

    private static int checksum(byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        return (int) checksum.getValue();
    }
}
