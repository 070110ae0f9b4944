package com.audiojones.bus.delivery;

import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a dead letter carries beside those of its lane record; its value is the delivery body.
 *
 * @param targetId header {@code target-id}
 * @param url header {@code target-url}: where the last request went
 * @param attempts header {@code attempt}: how many attempts were made
 * @param reason header {@code reason}
 * @param lastStatus header {@code last-status}: the last answer's HTTP status; null: no answer
 * @param lastError header {@code last-error}: the last error in one sentence, at most 512 bytes
 * @param lastLatencyMillis header {@code last-latency-ms}
 * @param failedAt header {@code failed-at-ms}, milliseconds since 1970
 */
public record DeadLetterHeaders(
        String targetId,
        String url,
        int attempts,
        DeadLetterReason reason,
        @Nullable Integer lastStatus,
        String lastError,
        long lastLatencyMillis,
        Instant failedAt) {

    private static final int MAX_ERROR_BYTES = 512;

    /**
     * {@return the headers of a record from {@code webhook.dlq}}
     *
     * @param headers its headers
     * @throws InvalidRecordException if one is missing or malformed
     */
    public static DeadLetterHeaders read(Headers headers) throws InvalidRecordException {
        HeaderReader in = new HeaderReader(headers);
        return new DeadLetterHeaders(
                in.required("target-id"),
                in.required("target-url"),
                in.required("attempt", Integer::parseInt),
                in.required("reason", DeadLetterReason::valueOf),
                in.optional("last-status", Integer::valueOf),
                in.required("last-error"),
                in.required("last-latency-ms", Long::parseLong),
                in.required("failed-at-ms", text -> Instant.ofEpochMilli(Long.parseLong(text))));
    }

    /**
     * Puts the headers on a record in place of any of the same name that are there.
     *
     * @param headers a record's headers
     */
    public void writeTo(Headers headers) {
        put(headers, "target-id", targetId);
        put(headers, "target-url", url);
        put(headers, "attempt", Integer.toString(attempts));
        put(headers, "reason", reason.name());
        put(headers, "last-status", lastStatus == null ? null : lastStatus.toString());
        put(headers, "last-error", cut(lastError));
        put(headers, "last-latency-ms", Long.toString(lastLatencyMillis));
        put(headers, "failed-at-ms", Long.toString(failedAt.toEpochMilli()));
    }

    /** At most 512 bytes, and no character cut in the middle. */
    private static String cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, MAX_ERROR_BYTES);
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null) {
            headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
