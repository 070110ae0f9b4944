package com.audiojones.bus.event;

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
        out.raw('{').name("event_id").string(id.value());
        out.raw(',').name("event_type").string(event.type());
        out.raw(',').name("timestamp").string(IsoMillis.format(occurredAt));
        out.raw(',').name("payload").value(event.payload());
        out.raw(',').name("metadata").object(metadata(event, topic, priority));
        return out.raw('}').toJson();
    }

    private static Map<String, RawJson> metadata(IngestEvent event, String topic, Priority priority) {
        Map<String, RawJson> ours = new LinkedHashMap<>(event.attributes());
        if (event.family() == EventFamily.AUDIT) {
            ours.put("priority", RawJson.ofText(priority.name()));
            ours.put("topic", RawJson.ofText(topic));
        }
        Map<String, RawJson> replaced = new LinkedHashMap<>();
        Map<String, RawJson> result = new LinkedHashMap<>();
        event.metadata().forEach((name, value) -> {
            boolean reserved = ours.containsKey(name) || name.equals("original") || name.equals("extra");
            (reserved ? replaced : result).put(name, value);
        });
        result.putAll(ours);
        putObject(result, "original", replaced);
        putObject(result, "extra", event.extra());
        return result;
    }

    private static void putObject(Map<String, RawJson> into, String name, Map<String, RawJson> members) {
        if (!members.isEmpty()) {
            into.put(name, RawJson.ofObject(members));
        }
    }
}
