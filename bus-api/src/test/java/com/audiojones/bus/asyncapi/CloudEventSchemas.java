package com.audiojones.bus.asyncapi;

import com.audiojones.bus.event.EventSchemas;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** CloudEvents 1.0 as far as the bus asks for them: data is JSON, and what it makes of attributes is in its README. */
final class CloudEventSchemas {

    static final String EXAMPLE = """
            {"specversion": "1.0", "id": "c-1", "source": "/billing", "type": "invoice.paid", "subject": "customer-7", "data": {"amount": 12.5}}
            """;

    static final Map<String, String> EXAMPLE_HEADERS =
            Map.of("ce_specversion", "1.0", "ce_id", "c-2", "ce_source", "/billing", "ce_type", "invoice.paid");

    /** What an attribute may be is what the field may be that it becomes. */
    private static final JsonNode AUDIT_EVENT = Messages.json(EventSchemas.auditEvent());

    private CloudEventSchemas() {}

    static ObjectNode structured() {
        ObjectNode schema = attributes("");
        properties(schema).putObject("data").put("description", "Any JSON; left out: null.");
        return schema;
    }

    static ObjectNode binaryHeaders() {
        ObjectNode headers = attributes("ce_");
        trace(headers);
        return headers;
    }

    static ObjectNode structuredHeaders(String contentType) {
        ObjectNode headers = traceHeaders();
        properties(headers)
                .putObject("content-type")
                .put("type", "string")
                .put("pattern", "^" + contentType.replace("+", "\\+") + "(;.*)?$");
        headers.putArray("required").add("content-type");
        return headers;
    }

    static ObjectNode traceHeaders() {
        ObjectNode headers = Schemas.object();
        trace(headers);
        return headers;
    }

    private static void trace(ObjectNode headers) {
        properties(headers).putObject("traceparent").put("type", "string").put("description", "W3C trace context.");
    }

    private static ObjectNode attributes(String prefix) {
        ObjectNode schema = Schemas.object();
        ObjectNode properties = properties(schema);
        properties.putObject(prefix + "specversion").put("const", "1.0");
        text(properties, prefix + "id").set("pattern", AUDIT_EVENT.at("/properties/id/pattern"));
        text(properties, prefix + "source")
                .put("description", "Becomes metadata.source, and the actor where there is none.");
        properties.set(prefix + "type", AUDIT_EVENT.at("/properties/type"));
        text(properties, prefix + "time").put("format", "date-time");
        text(properties, prefix + "subject").put("description", "The ordering key where the record has none.");
        schema.putArray("required")
                .add(prefix + "specversion")
                .add(prefix + "id")
                .add(prefix + "source")
                .add(prefix + "type");
        return schema;
    }

    private static ObjectNode text(ObjectNode properties, String name) {
        return properties.putObject(name).put("type", "string");
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.get("properties");
    }
}
