package com.audiojones.bus.bench.receiver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A delivery body that says when it was sent: the bus carries bodies byte for byte, so the receiver can tell how long it
 * took. Both processes read the machine's clock.
 */
public final class TimedBody {

    private static final byte[] PREFIX = "{\"sent\":".getBytes(StandardCharsets.US_ASCII);

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

    /** When a body was sent; 0: it does not say. */
    static long sentNanos(byte[] body) {
        long nanos = 0;
        for (int i = 0; i < body.length; i++) {
            if (i < PREFIX.length) {
                if (body[i] != PREFIX[i]) {
                    return 0;
                }
            } else if (body[i] >= '0' && body[i] <= '9') {
                nanos = nanos * 10 + (body[i] - '0');
            } else {
                break;
            }
        }
        return nanos;
    }
}
