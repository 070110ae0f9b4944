package com.audiojones.bus.store.firestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as Firestore has it, where its rules allow: no array in an array, no more than 20 levels, no names that are empty,
 * long or reserved, no numbers beyond a double. Maps do not keep the order of their members, and decimals become doubles:
 * who needs the exact bytes has the body.
 */
final class JsonValue {

    /** Firestore allows 20; the document itself is one, and a change of what counts must not stop the mirror. */
    private static final int MAX_DEPTH = 18;

    private static final int MAX_NAME_BYTES = 1_500;

    private JsonValue() {}

    /** {@return the value, or empty where it breaks a rule} */
    static Optional<Value> of(JsonNode json) {
        try {
            return Optional.of(value(json, 0));
        } catch (RuleBrokenException e) {
            return Optional.empty();
        }
    }

    private static Value value(JsonNode json, int depth) throws RuleBrokenException {
        if (depth > MAX_DEPTH) {
            throw new RuleBrokenException();
        }
        Value.Builder value = Value.newBuilder();
        return switch (json.getNodeType()) {
            case OBJECT -> value.setMapValue(map(json, depth)).build();
            case ARRAY -> value.setArrayValue(array(json, depth)).build();
            case NUMBER -> number(json);
            case BOOLEAN -> value.setBooleanValue(json.booleanValue()).build();
            case STRING -> Values.text(checked(json.textValue()));
            case BINARY, MISSING, NULL, POJO -> Values.NULL;
        };
    }

    private static MapValue map(JsonNode json, int depth) throws RuleBrokenException {
        MapValue.Builder map = MapValue.newBuilder();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = checked(member.getKey());
            boolean reserved = name.startsWith("__") && name.endsWith("__");
            if (name.isEmpty() || reserved || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw new RuleBrokenException();
            }
            map.putFields(name, value(member.getValue(), depth + 1));
        }
        return map.build();
    }

    private static ArrayValue array(JsonNode json, int depth) throws RuleBrokenException {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (JsonNode element : json) {
            if (element.isArray()) {
                throw new RuleBrokenException();
            }
            array.addValues(value(element, depth + 1));
        }
        return array.build();
    }

    private static Value number(JsonNode json) throws RuleBrokenException {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return Value.newBuilder().setIntegerValue(json.longValue()).build();
        }
        double number = json.doubleValue();
        if (Double.isInfinite(number)) {
            throw new RuleBrokenException();
        }
        return Value.newBuilder().setDoubleValue(number).build();
    }

    /** Halves of surrogate pairs, which JSON can escape, are no text in UTF-8. */
    private static String checked(String text) throws RuleBrokenException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new RuleBrokenException();
        }
        return text;
    }

    /** The JSON cannot be a value of Firestore's. */
    private static final class RuleBrokenException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
