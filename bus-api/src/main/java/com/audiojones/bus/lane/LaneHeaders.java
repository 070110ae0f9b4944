package com.audiojones.bus.lane;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.EventName;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.HeaderWriter;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.time.IsoMillis;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a lane record: all that routing, filtering, retrying and counting need, so that nobody after the router
 * parses the body. Times are ISO-8601 in UTC with milliseconds, numbers ASCII decimals.
 *
 * @param eventId header {@code event-id}
 * @param eventType header {@code event-type}: the publisher's type, unchanged
 * @param name header {@code name}: what patterns match
 * @param topic header {@code topic}: the ingest topic
 * @param priority header {@code priority}
 * @param occurredAt header {@code occurred-at}: the event's timestamp
 * @param ingestedAt header {@code ingested-at}: when the broker appended the ingest record
 * @param expiresAt header {@code expires-at}; null: never
 * @param sampleRate header {@code sample-rate}: the share of events of this name that is kept, 0.000001 to 1
 * @param traceparent header {@code traceparent}: W3C trace context, as published
 * @param replayId header {@code replay-id}; null on the original
 * @param onlyTarget header {@code only-target}: the id of the single target meant; null: all that match
 */
public record LaneHeaders(
        EventId eventId,
        String eventType,
        String name,
        String topic,
        Priority priority,
        Instant occurredAt,
        Instant ingestedAt,
        @Nullable Instant expiresAt,
        double sampleRate,
        @Nullable String traceparent,
        @Nullable String replayId,
        @Nullable String onlyTarget) {

    /** One kept event of a lower rate would stand for more events than statistics can tell from a mistake. */
    private static final double LOWEST_RATE = 1e-6;

    /** What nearly every record carries; writing a double takes longer than all other headers together. */
    private static final String KEPT_ALL = Double.toString(1);

    /**
     * Reads and checks the headers of a record.
     *
     * @param headers a record's headers; unknown ones are passed over
     * @return the lane headers
     * @throws InvalidRecordException if one is missing, double or malformed; the message is the reason for quarantine
     */
    public static LaneHeaders read(Headers headers) throws InvalidRecordException {
        HeaderReader in = new HeaderReader(headers);
        return new LaneHeaders(
                in.required("event-id", EventId::new),
                in.required("event-type", LaneHeaders::type),
                in.required("name"),
                in.required("topic"),
                in.required("priority", Priority::valueOf),
                in.required("occurred-at", IsoMillis::parse),
                in.required("ingested-at", IsoMillis::parse),
                in.optional("expires-at", IsoMillis::parse),
                in.required("sample-rate", LaneHeaders::rate),
                in.optional("traceparent"),
                in.optional("replay-id"),
                in.optional("only-target"));
    }

    /**
     * Puts the headers on a record in place of any of the same name that are there.
     *
     * @param headers a record's headers
     */
    public void writeTo(Headers headers) {
        HeaderWriter out = new HeaderWriter(headers);
        out.put("event-id", eventId.value());
        out.put("event-type", eventType);
        out.put("name", name);
        out.put("topic", topic);
        out.put("priority", priority.name());
        out.put("occurred-at", IsoMillis.format(occurredAt));
        out.put("ingested-at", IsoMillis.format(ingestedAt));
        out.put("expires-at", expiresAt == null ? null : IsoMillis.format(expiresAt));
        out.put("sample-rate", sampleRate == 1 ? KEPT_ALL : Double.toString(sampleRate));
        out.put("traceparent", traceparent);
        out.put("replay-id", replayId);
        out.put("only-target", onlyTarget);
    }

    /**
     * {@return these headers for sending the event once more}
     *
     * @param replay the replay's id
     * @param target the single target meant, or null for all that match
     * @param expiry the fresh expiry, or null for none
     */
    public LaneHeaders replayedAs(String replay, @Nullable String target, @Nullable Instant expiry) {
        return new LaneHeaders(
                eventId,
                eventType,
                name,
                topic,
                priority,
                occurredAt,
                ingestedAt,
                expiry,
                sampleRate,
                traceparent,
                replay,
                target);
    }

    private static String type(String text) {
        if (!EventName.isValidType(text)) {
            throw new IllegalArgumentException("expected an event type");
        }
        return text;
    }

    private static double rate(String text) {
        double rate = Double.parseDouble(text);
        if (!(rate >= LOWEST_RATE && rate <= 1)) {
            throw new IllegalArgumentException("expected " + LOWEST_RATE + " to 1");
        }
        return rate;
    }
}
