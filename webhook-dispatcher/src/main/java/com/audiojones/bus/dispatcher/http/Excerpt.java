package com.audiojones.bus.dispatcher.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The first 16 KiB of a body, whatever its length. */
final class Excerpt {

    static final int MAX_BYTES = 16 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(64);
    private boolean truncated;

    /** Takes the next bytes, all of them. */
    void add(ByteBuffer source) {
        byte[] bytes = new byte[Math.min(source.remaining(), MAX_BYTES - kept.size())];
        source.get(bytes);
        kept.writeBytes(bytes);
        truncated |= source.hasRemaining();
        source.position(source.limit());
    }

    /** Whether there was more than is kept. */
    boolean truncated() {
        return truncated;
    }

    /** The bytes read as UTF-8. What is none becomes U+FFFD; a character that the cut went through is left out. */
    String text() {
        if (!truncated) {
            return kept.toString(StandardCharsets.UTF_8);
        }
        CharBuffer text = CharBuffer.allocate(MAX_BYTES);
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(kept.toByteArray()), text, false);
        return text.flip().toString();
    }
}
