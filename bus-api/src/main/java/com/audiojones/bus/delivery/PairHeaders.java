package com.audiojones.bus.delivery;

import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.HeaderWriter;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a pair of event and target carries beside those of its lane record, from its first retry or parking
 * on. Numbers are ASCII decimals, times milliseconds since 1970.
 *
 * @param targetId header {@code target-id}
 * @param targetRevision header {@code target-rev}: the version of the target that was used last; each attempt uses the
 *     current one
 * @param attempts header {@code attempt}: how many attempts were spent
 * @param requests header {@code request-no}: how many requests were made, those included that spent no attempt
 * @param deferrals header {@code deferrals}: how often it was parked
 * @param parked header {@code parked}: whether it waits for its target, not for its next attempt
 * @param firstSeen header {@code first-seen-ms}: when it was matched
 * @param notBefore header {@code not-before-ms}: when the next attempt is due
 * @param matched header {@code matched}: how many targets the event matched
 * @param origin headers {@code orig-topic, orig-partition, orig-offset}: the lane record
 * @param lastFailure headers {@code last-status, last-error, last-latency-ms}; null: no request has failed yet
 */
public record PairHeaders(
        String targetId,
        long targetRevision,
        int attempts,
        int requests,
        int deferrals,
        boolean parked,
        Instant firstSeen,
        Instant notBefore,
        int matched,
        Origin origin,
        @Nullable LastFailure lastFailure) {

    private static final int MAX_ERROR_BYTES = 512;
    private static final int MAX_COUNT = 1_000_000;
    private static final List<String> LAST_FAILURE = List.of("last-status", "last-error", "last-latency-ms");
    private static final long LAST_MILLIS =
            Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    /**
     * Where the lane record is.
     *
     * @param topic the lane's topic
     * @param partition its partition
     * @param offset its offset
     */
    public record Origin(String topic, int partition, long offset) {}

    /**
     * How the last request ended.
     *
     * @param status the HTTP status; null: there was no answer
     * @param message the error in one sentence, cut to 512 bytes when written
     * @param latencyMillis from the start of the request to its end
     */
    public record LastFailure(@Nullable Integer status, String message, long latencyMillis) {

        void writeTo(HeaderWriter out) {
            out.put("last-status", status == null ? null : status.toString());
            out.put("last-error", cut(message));
            out.put("last-latency-ms", Long.toString(latencyMillis));
        }
    }

    /**
     * {@return the headers of a record from a retry topic}
     *
     * @param headers its headers
     * @throws InvalidRecordException if one is missing or malformed
     */
    public static PairHeaders read(Headers headers) throws InvalidRecordException {
        HeaderReader in = new HeaderReader(headers);
        return new PairHeaders(
                in.required("target-id"),
                in.required("target-rev", PairHeaders::natural),
                in.required("attempt", PairHeaders::count),
                in.required("request-no", PairHeaders::count),
                in.required("deferrals", PairHeaders::count),
                in.required("parked", PairHeaders::flag),
                in.required("first-seen-ms", PairHeaders::time),
                in.required("not-before-ms", PairHeaders::time),
                in.required("matched", PairHeaders::count),
                new Origin(
                        in.required("orig-topic"),
                        in.required("orig-partition", PairHeaders::count),
                        in.required("orig-offset", PairHeaders::natural)),
                lastFailure(in));
    }

    /**
     * Puts the headers on a record in place of any of the same name that are there.
     *
     * @param headers a record's headers
     */
    public void writeTo(Headers headers) {
        HeaderWriter out = new HeaderWriter(headers);
        out.put("target-id", targetId);
        out.put("target-rev", Long.toString(targetRevision));
        out.put("attempt", Integer.toString(attempts));
        out.put("request-no", Integer.toString(requests));
        out.put("deferrals", Integer.toString(deferrals));
        out.put("parked", Boolean.toString(parked));
        out.put("first-seen-ms", Long.toString(firstSeen.toEpochMilli()));
        out.put("not-before-ms", Long.toString(notBefore.toEpochMilli()));
        out.put("matched", Integer.toString(matched));
        out.put("orig-topic", origin.topic());
        out.put("orig-partition", Integer.toString(origin.partition()));
        out.put("orig-offset", Long.toString(origin.offset()));
        if (lastFailure == null) {
            LAST_FAILURE.forEach(name -> out.put(name, (String) null));
        } else {
            lastFailure.writeTo(out);
        }
    }

    /** At most 512 bytes, and no character cut in the middle. */
    static String cut(String text) {
        return cut(text, MAX_ERROR_BYTES);
    }

    /** So many bytes at most, and no character cut in the middle. */
    static String cut(String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, most);
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static @Nullable LastFailure lastFailure(HeaderReader in) throws InvalidRecordException {
        String message = in.optional("last-error");
        Long latency = in.optional("last-latency-ms", PairHeaders::natural);
        Integer status = in.optional("last-status", Integer::valueOf);
        return message == null || latency == null ? null : new LastFailure(status, message, latency);
    }

    private static int count(String text) {
        int count = Integer.parseInt(text);
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("expected 0 to " + MAX_COUNT);
        }
        return count;
    }

    private static long natural(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("expected 0 or more");
        }
        return number;
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("expected true or false");
        }
        return text.equals("true");
    }

    private static Instant time(String text) {
        long millis = Long.parseLong(text);
        if (millis < 0 || millis > LAST_MILLIS) {
            throw new IllegalArgumentException("expected milliseconds since 1970");
        }
        return Instant.ofEpochMilli(millis);
    }
}
