package com.audiojones.bus.asyncapi;

import com.audiojones.bus.Golden;
import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventSchemas;
import com.audiojones.bus.kafka.RecordJson;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.status.EventStatus;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;

/** What is in the topics: key, headers, payload and examples of each kind of record. */
final class Messages {

    static final String AUDIT_EVENT = "auditEvent";
    static final String AJ_EVENT = "ajEvent";
    static final String CLOUD_EVENT = "cloudEvent";
    static final String CLOUD_EVENT_BINARY = "cloudEventBinary";
    static final String ROUTED_EVENT = "routedEvent";
    static final String DELIVERY = "delivery";
    static final String DEAD_LETTER = "deadLetter";
    static final String REFUSED = "refused";
    static final String EVENT_STATUS = "eventStatus";

    static final int EVENT_KIB = EventDecoder.MAX_EVENT_BYTES / 1024;

    private static final String DELIVERY_BODY = "deliveryBody";
    private static final String JSON = "application/json";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String ORDERING_KEY = "The ordering key: events of one key stay in one partition. At most "
            + EventDecoder.MAX_KEY_BYTES + " bytes.";

    private final ObjectNode all = RecordJson.MAPPER.createObjectNode();

    private Messages() {}

    static ObjectNode all() {
        Messages messages = new Messages();
        messages.published();
        messages.cloudEvents();
        messages.routed();
        messages.deadLetters();
        messages.reported();
        messages.refused();
        return messages.all;
    }

    static ObjectNode schemas() {
        ObjectNode schemas = RecordJson.MAPPER.createObjectNode();
        schemas.set(AUDIT_EVENT, json(EventSchemas.auditEvent()));
        schemas.set(AJ_EVENT, json(EventSchemas.ajEvent()));
        schemas.set(CLOUD_EVENT, CloudEventSchemas.structured());
        schemas.set(DELIVERY_BODY, json(EventSchemas.deliveryBody()));
        schemas.set(DELIVERY, Schemas.record(DeliveryRecord.class));
        schemas.set(EVENT_STATUS, Schemas.record(EventStatus.class));
        return schemas;
    }

    private void published() {
        ObjectNode audit = add(AUDIT_EVENT, "An audit event.", optional(ORDERING_KEY), JSON, reference(AUDIT_EVENT));
        audit.set("headers", CloudEventSchemas.traceHeaders());
        example(audit, "least", Map.of(), Golden.text("audit-minimal.event.json"));
        example(audit, "most", Map.of(), Golden.text("audit-full.event.json"));

        ObjectNode aj = add(AJ_EVENT, "An AJ event.", optional(ORDERING_KEY), JSON, reference(AJ_EVENT));
        aj.set("headers", CloudEventSchemas.traceHeaders());
        example(aj, "least", Map.of(), Golden.text("aj-minimal.event.json"));
        example(aj, "most", Map.of(), Golden.text("aj-status-change.event.json"));
    }

    private void cloudEvents() {
        ObjectNode subject = optional(ORDERING_KEY + " Where there is none, the attribute subject is the key.");
        ObjectNode structured =
                add(CLOUD_EVENT, "A CloudEvent 1.0, structured.", subject, STRUCTURED, reference(CLOUD_EVENT));
        structured.set("headers", CloudEventSchemas.structuredHeaders(STRUCTURED));
        example(structured, "structured", Map.of("content-type", STRUCTURED), CloudEventSchemas.EXAMPLE);

        ObjectNode data = RecordJson.MAPPER.createObjectNode().put("description", "The attribute data: any JSON.");
        ObjectNode binary = add(CLOUD_EVENT_BINARY, "A CloudEvent 1.0, binary.", subject.deepCopy(), JSON, data);
        binary.set("headers", CloudEventSchemas.binaryHeaders());
        example(binary, "binary", CloudEventSchemas.EXAMPLE_HEADERS, "{\"amount\": 12.5}");
    }

    private void routed() {
        ObjectNode routed = add(
                ROUTED_EVENT,
                "An event: its value is the body that receivers get.",
                optional("The event's ordering key."),
                JSON,
                reference(DELIVERY_BODY));
        routed.set("headers", laneHeaders());
        example(routed, "routed", texts("lane.headers"), json(Golden.text("audit-full.body.json")));
    }

    private void deadLetters() {
        ObjectNode dead = add(
                DEAD_LETTER,
                "A pair of event and target that was given up; its value is the body that the target did not get.",
                text("The event's id."),
                JSON,
                reference(DELIVERY_BODY));
        ObjectNode headers = laneHeaders();
        Schemas.addHeaders(headers, "pair.headers", PairHeaders.class, PairHeaders::read);
        Schemas.addHeaders(headers, "dead-letter.headers", DeadLetterHeaders.class, DeadLetterHeaders::read);
        dead.set("headers", headers);
        ObjectNode all = texts("lane.headers");
        all.setAll(texts("pair.headers"));
        all.setAll(texts("dead-letter.headers"));
        example(dead, "given up", all, json(Golden.text("audit-full.body.json")));
    }

    private void reported() {
        ObjectNode delivery = add(
                DELIVERY,
                "What happened to a pair of event and target, or that no target wants an event.",
                text("The event's id."),
                JSON,
                reference(DELIVERY));
        example(delivery, "failed", Map.of(), Golden.text("delivery-full.json"));
        example(delivery, "unmatched", Map.of(), Golden.text("delivery-unmatched.json"));

        ObjectNode status = add(
                EVENT_STATUS,
                "How an event, or one replay of it, fares.",
                text("The event's id; of a replay <event id>/<replay id>."),
                JSON,
                reference(EVENT_STATUS));
        byte[] json = new EventStatus("evt_1", null, 3, 2, 1).toJson();
        example(status, "two of three", Map.of(), new String(json, StandardCharsets.UTF_8));
    }

    private void refused() {
        ObjectNode raw = RecordJson.MAPPER
                .createObjectNode()
                .put("description", "The value as it was received, or its beginning where it is over 1 MiB.");
        ObjectNode refused = add(
                REFUSED,
                "A record that could not be used.",
                optional("As it was received, at most its first KiB."),
                "application/octet-stream",
                raw);
        ObjectNode headers = Schemas.object();
        Schemas.addHeaders(headers, "quarantine.headers", QuarantineRecord.class, QuarantineRecord::read);
        refused.set("headers", headers);
        example(
                refused,
                "no JSON",
                texts("quarantine.headers"),
                RecordJson.MAPPER.getNodeFactory().textNode("not json"));
    }

    private static ObjectNode laneHeaders() {
        ObjectNode headers = Schemas.object();
        Schemas.addHeaders(headers, "lane.headers", LaneHeaders.class, LaneHeaders::read);
        return headers;
    }

    private ObjectNode add(String name, String summary, ObjectNode key, String contentType, JsonNode payload) {
        ObjectNode message = all.putObject(name);
        message.put("name", name).put("summary", summary).put("contentType", contentType);
        message.set("payload", payload);
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.set("key", key);
        kafka.put("bindingVersion", "0.5.0");
        return message;
    }

    private static ObjectNode text(String description) {
        return RecordJson.MAPPER.createObjectNode().put("type", "string").put("description", description);
    }

    private static ObjectNode optional(String description) {
        ObjectNode schema = text(description);
        schema.putArray("type").add("string").add("null");
        return schema;
    }

    private static void example(ObjectNode message, String name, Map<String, String> headers, String payload) {
        example(message, name, RecordJson.MAPPER.<ObjectNode>valueToTree(new TreeMap<>(headers)), json(payload));
    }

    private static void example(ObjectNode message, String name, ObjectNode headers, JsonNode payload) {
        ArrayNode examples = message.withArray("examples");
        ObjectNode example = examples.addObject().put("name", name);
        if (!headers.isEmpty()) {
            example.set("headers", headers);
        }
        example.set("payload", payload);
    }

    private static ObjectNode texts(String golden) {
        ObjectNode texts = RecordJson.MAPPER.createObjectNode();
        for (Header header : Schemas.headers(golden)) {
            texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static ObjectNode reference(String schema) {
        return RecordJson.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    static JsonNode json(String text) {
        try {
            return RecordJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
