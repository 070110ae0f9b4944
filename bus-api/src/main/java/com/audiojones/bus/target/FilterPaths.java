package com.audiojones.bus.target;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values at some paths of a JSON document in one pass. What no path leads to is only checked to be JSON, so
 * nobody can make a filter slow with numbers of many digits elsewhere. Immutable.
 */
final class FilterPaths {

    /** An event has at most 500 levels, the body around it a few more. */
    private static final int MAX_BODY_DEPTH = 600;

    private static final int MAX_DIGITS = 1000;

    /** Interning is off: field names are input that strangers choose. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_BODY_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Step root;

    /** What follows at one place: the path that ends here, if one does, and the names that lead on. */
    private static final class Step {
        private final Map<String, Step> next = new HashMap<>();
        private @Nullable List<String> end;
    }

    private FilterPaths(Step root) {
        this.root = root;
    }

    static FilterPaths of(Collection<List<String>> paths) {
        Step root = new Step();
        for (List<String> path : paths) {
            Step step = root;
            for (String name : path) {
                step = step.next.computeIfAbsent(name, any -> new Step());
            }
            step.end = path;
        }
        return new FilterPaths(root);
    }

    /** The values by path; a path that leads to none is left out; null if the bytes are not one JSON document. */
    @Nullable
    Map<List<String>, JsonNode> read(byte[] document) {
        Map<List<String>, JsonNode> values = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == null) {
                return null;
            }
            read(parser, root, values);
            return parser.nextToken() == null ? values : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void read(JsonParser in, Step at, Map<List<String>, JsonNode> into) throws IOException {
        if (at.end != null) {
            into.put(at.end, value(in));
        }
        if (at.next.isEmpty()) {
            in.skipChildren();
        } else if (in.currentToken() == JsonToken.START_OBJECT) {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                Step step = at.next.get(in.currentName());
                in.nextToken();
                readOrSkip(in, step, into);
            }
        } else if (in.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
                readOrSkip(in, at.next.get(Integer.toString(i)), into);
            }
        }
    }

    private static void readOrSkip(JsonParser in, @Nullable Step step, Map<List<String>, JsonNode> into)
            throws IOException {
        if (step == null) {
            in.skipChildren();
        } else {
            read(in, step, into);
        }
    }

    private static JsonNode value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> TextNode.valueOf(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in.getText());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            default -> incomparable();
        };
    }

    private static JsonNode number(String text) {
        if (text.length() > MAX_DIGITS) {
            return incomparable();
        }
        try {
            return DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return incomparable();
        }
    }

    /** There is a value, but it is equal to none that a filter can name. */
    private static JsonNode incomparable() {
        return JsonNodeFactory.instance.objectNode();
    }
}
