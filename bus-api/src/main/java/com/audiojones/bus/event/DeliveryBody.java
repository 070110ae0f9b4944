package com.audiojones.bus.event;

import com.audiojones.bus.time.IsoMillis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the body that receivers get, {@code {"event_id","event_type","timestamp","payload","metadata"}}. Payload and
 * metadata values are copied byte for byte. In the metadata of audit events the bus writes {@code actor, actorType,
 * blueprintId, priority, topic}; a publisher's value that stood there is kept under {@code original}, and fields of the
 * event that the contract does not know are kept under {@code extra}.
 */
public final class DeliveryBody {

    private static final int ENVELOPE_BYTES = 512;

    /** What stands between the values of every body. */
    private static final byte[] EVENT_ID = ascii("{\"event_id\":\"");

    private static final byte[] EVENT_TYPE = ascii("\",\"event_type\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":");
    private static final byte[] METADATA = ascii(",\"metadata\":{");
    private static final byte[] PRIORITY = ascii("\"priority\":\"");
    private static final byte[] TOPIC = ascii("\",\"topic\":\"");

    private DeliveryBody() {}

    /**
     * Writes the body of an event.
     *
     * @param event the event as published
     * @param id its id
     * @param occurredAt its timestamp, written in UTC with milliseconds
     * @param topic the ingest topic
     * @param priority the priority it is delivered with
     * @return the body, one JSON object
     */
    public static RawJson of(IngestEvent event, EventId id, Instant occurredAt, String topic, Priority priority) {
        JsonBytes out = new JsonBytes(ENVELOPE_BYTES + event.payload().length());
        out.raw(EVENT_ID).plain(id.value());
        out.raw(EVENT_TYPE).plain(event.type());
        out.raw(TIMESTAMP).plain(IsoMillis.format(occurredAt));
        out.raw(PAYLOAD).value(event.payload());
        out.raw(METADATA);
        writeMetadata(out, event, topic, priority);
        return out.raw('}').raw('}').toJson();
    }

    /** Every member begins with a comma but the first. */
    private static void writeMetadata(JsonBytes out, IngestEvent event, String topic, Priority priority) {
        boolean audit = event.family() == EventFamily.AUDIT;
        Map<String, RawJson> replaced = new LinkedHashMap<>(0);
        boolean first = true;
        for (Map.Entry<String, RawJson> member : event.metadata().entrySet()) {
            if (isOurs(event, audit, member.getKey())) {
                replaced.put(member.getKey(), member.getValue());
            } else {
                next(out, first).name(member.getKey()).value(member.getValue());
                first = false;
            }
        }
        for (Map.Entry<String, RawJson> attribute : event.attributes().entrySet()) {
            next(out, first).name(attribute.getKey()).value(attribute.getValue());
            first = false;
        }
        if (audit) {
            next(out, first)
                    .raw(PRIORITY)
                    .plain(priority.name())
                    .raw(TOPIC)
                    .plain(topic)
                    .raw('"');
            first = false;
        }
        if (!replaced.isEmpty()) {
            next(out, first).name("original").object(replaced);
            first = false;
        }
        if (!event.extra().isEmpty()) {
            next(out, first).name("extra").object(event.extra());
        }
    }

    private static JsonBytes next(JsonBytes out, boolean first) {
        return first ? out : out.raw(',');
    }

    private static boolean isOurs(IngestEvent event, boolean audit, String name) {
        return event.attributes().containsKey(name)
                || name.equals("original")
                || name.equals("extra")
                || audit && (name.equals("priority") || name.equals("topic"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
