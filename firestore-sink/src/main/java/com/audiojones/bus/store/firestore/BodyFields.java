package com.audiojones.bus.store.firestore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.firestore.v1.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a delivery body that people look for. A part that cannot be a value of Firestore's, or with which the
 * document would be too large, is kept as JSON text under a name of its own.
 *
 * @param payload the payload
 * @param metadata the metadata
 */
record BodyFields(JsonNode payload, JsonNode metadata) {

    /** A document has 1 MiB, of which the body itself takes up to 384 KiB. */
    private static final int MAX_PART_BYTES = 512 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // half of a surrogate pair can only be kept escaped
            .build();

    static BodyFields of(String body) {
        JsonNode whole = parsed(body);
        return new BodyFields(whole.path("payload"), whole.path("metadata"));
    }

    /** Writes {@code payload, metadata, source, actor, actor_type, blueprint_id}. */
    void writeTo(Values values) {
        writePart("payload", payload, values);
        writePart("metadata", metadata, values);
        values.text("source", text("source"))
                .text("actor", text("actor"))
                .text("actor_type", text("actorType"))
                .text("blueprint_id", text("blueprintId"));
    }

    /** Writes a whole body as {@code event}. */
    static void writeWhole(String body, Values values) {
        writePart("event", parsed(body), values);
    }

    private static void writePart(String name, JsonNode part, Values values) {
        Optional<Value> value = JsonValue.of(part).filter(candidate -> candidate.getSerializedSize() <= MAX_PART_BYTES);
        if (value.isPresent()) {
            values.value(name, value.get());
        } else {
            values.text(name + "_json", text(part));
        }
    }

    private @Nullable String text(String name) {
        JsonNode field = metadata.path(name);
        Optional<Value> value = field.isTextual() ? JsonValue.of(field) : Optional.empty();
        return value.map(Value::getStringValue).orElse(null);
    }

    private static String text(JsonNode part) {
        try {
            return MAPPER.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
