package com.audiojones.bus.asyncapi;

import com.audiojones.bus.Golden;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Schemas of what the bus writes itself, made of its records and of the golden files that hold its headers. */
final class Schemas {

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private Schemas() {}

    /** How headers of one kind are read. */
    @FunctionalInterface
    interface Reader {
        Record read(Headers headers) throws InvalidRecordException;
    }

    /** The schema of a record that is JSON as {@link RecordJson} writes it. */
    static ObjectNode record(Class<? extends Record> type) {
        ObjectNode schema = object();
        ArrayNode required = RecordJson.MAPPER.createArrayNode();
        Javadoc javadoc = new Javadoc(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = NAMES.translate(component.getName());
            ObjectNode property = value(component.getType());
            property.put("description", javadoc.component(component.getName()));
            ((ObjectNode) schema.get("properties")).set(name, property);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
        schema.set("required", required);
        return schema;
    }

    /** Adds the headers of a golden file; those are required without which they cannot be read. */
    static void addHeaders(ObjectNode schema, String golden, Class<? extends Record> type, Reader reader) {
        Javadoc javadoc = new Javadoc(type);
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        headers(golden).forEach(header -> {
            ObjectNode property = RecordJson.MAPPER.createObjectNode().put("type", "string");
            javadoc.header(header.key())
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> property.put("description", text));
            ((ObjectNode) schema.get("properties")).set(header.key(), property);
            if (!canBeRead(headers(golden).remove(header.key()), reader)) {
                required.add(header.key());
            }
        });
        schema.set("required", RecordJson.MAPPER.valueToTree(required));
    }

    static ObjectNode object() {
        ObjectNode schema = RecordJson.MAPPER.createObjectNode().put("type", "object");
        schema.putObject("properties");
        return schema;
    }

    static Headers headers(String golden) {
        Headers headers = new RecordHeaders();
        Golden.text(golden).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            headers.add(line.substring(0, colon), line.substring(colon + 2).getBytes(StandardCharsets.UTF_8));
        });
        return headers;
    }

    private static boolean canBeRead(Headers headers, Reader reader) {
        try {
            reader.read(headers);
            return true;
        } catch (InvalidRecordException e) {
            return false;
        }
    }

    private static ObjectNode value(Class<?> type) {
        ObjectNode schema = RecordJson.MAPPER.createObjectNode();
        if (type.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(RecordJson.MAPPER.<JsonNode>valueToTree(constant));
            }
            return schema;
        }
        if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        }
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == int.class || type == Integer.class || type == Long.class) {
            return schema.put("type", "integer");
        }
        throw new IllegalArgumentException("expected a type with a schema, got " + type.getName());
    }
}
