package com.audiojones.bus.bench.receiver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A delivery body that says when it was sent: the bus carries bodies byte for byte, so the receiver can tell how long it
 * took. Both processes read the machine's clock.
 */
public final class TimedBody {

    private static final byte[] MARK = "\"sent\":".getBytes(StandardCharsets.US_ASCII);

    private TimedBody() {}

    /**
     * Makes a body.
     *
     * @param sentNanos when it is sent, see {@link #now()}; 0: nobody is to take the time
     * @param bytes how long it is at least
     */
    public static byte[] of(long sentNanos, int bytes) {
        String start = "{\"sent\":" + sentNanos + ",\"event_type\":\"bench\",\"padding\":\"";
        int padding = Math.max(0, bytes - start.length() - 2);
        return (start + "x".repeat(padding) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    /** The machine's clock, nanoseconds since 1970. */
    public static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** When a body was sent, as its first member {@code sent} says, wherever that stands; 0: it does not say. */
    static long sentNanos(byte[] body) {
        int at = 0;
        int matched = 0;
        while (at < body.length && matched < MARK.length) {
            matched = body[at] == MARK[matched] ? matched + 1 : body[at] == MARK[0] ? 1 : 0;
            at++;
        }
        long nanos = 0;
        while (matched == MARK.length && at < body.length && body[at] >= '0' && body[at] <= '9') {
            nanos = nanos * 10 + (body[at++] - '0');
        }
        return nanos;
    }
}
