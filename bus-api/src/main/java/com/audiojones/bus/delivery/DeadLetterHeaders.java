package com.audiojones.bus.delivery;

import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.HeaderWriter;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a dead letter carries beside those of its lane record and its pair ({@link PairHeaders}); its value
 * is the delivery body.
 *
 * @param targetId header {@code target-id}
 * @param url header {@code target-url}: where the last request went, cut to 2048 bytes when written
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

    private static final int MAX_URL_BYTES = 2048;

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
        HeaderWriter out = new HeaderWriter(headers);
        out.put("target-id", targetId);
        out.put("target-url", PairHeaders.cut(url, MAX_URL_BYTES));
        out.put("attempt", Integer.toString(attempts));
        out.put("reason", reason.name());
        out.put("last-status", lastStatus == null ? null : lastStatus.toString());
        out.put("last-error", PairHeaders.cut(lastError));
        out.put("last-latency-ms", Long.toString(lastLatencyMillis));
        out.put("failed-at-ms", Long.toString(failedAt.toEpochMilli()));
    }
}
