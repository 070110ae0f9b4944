package com.audiojones.bus.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of one JSON object: each one's kind, its raw bytes, and the text of strings and numbers. Nothing deeper is
 * looked at, but the whole document is checked to be JSON without duplicate keys.
 */
final class JsonFields {

    /** Deeper documents are refused; far above what any store or receiver takes. */
    static final int MAX_DEPTH = 500;

    /** Interning is off and the symbol table bounded: field names are input that strangers choose. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    record Field(JsonToken kind, RawJson raw, String text) {

        boolean isString() {
            return kind == JsonToken.VALUE_STRING;
        }

        boolean isNull() {
            return kind == JsonToken.VALUE_NULL;
        }

        boolean isObject() {
            return kind == JsonToken.START_OBJECT;
        }
    }

    private JsonFields() {}

    /**
     * @param source UTF-8 without NUL bytes (which also keeps Jackson from guessing UTF-16 or UTF-32)
     * @throws JsonProcessingException if it is not one JSON object and nothing else
     */
    static Map<String, Field> of(byte[] source) throws JsonProcessingException {
        try (JsonParser parser = FACTORY.createParser(source)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotOneException("object", parser);
            }
            Map<String, Field> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, field(parser, source));
            }
            if (parser.nextToken() != null) {
                throw new NotOneException("object", parser);
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading an array does no I/O", e);
        }
    }

    /**
     * One value of any kind.
     *
     * @param source UTF-8 without NUL bytes
     * @throws JsonProcessingException if it is not one JSON value and nothing else
     */
    static Field any(byte[] source) throws JsonProcessingException {
        try (JsonParser parser = FACTORY.createParser(source)) {
            if (parser.nextToken() == null) {
                throw new NotOneException("value", parser);
            }
            Field field = field(parser, source);
            if (parser.nextToken() != null) {
                throw new NotOneException("value", parser);
            }
            return field;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading an array does no I/O", e);
        }
    }

    /** The members of an object that was read as part of a document before. */
    static Map<String, Field> ofValidObject(RawJson object) {
        try {
            return of(object.bytes());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the object was parsed before", e);
        }
    }

    private static Field field(JsonParser parser, byte[] source) throws IOException {
        JsonToken kind = parser.currentToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        String text = "";
        if (kind.isStructStart()) {
            parser.skipChildren();
        } else {
            text = parser.getText();
        }
        int to = (int) parser.currentLocation().getByteOffset();
        return new Field(kind, new RawJson(source, from, to), text);
    }

    /** The document is of another kind, has no value, or goes on after its end. */
    private static final class NotOneException extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        NotOneException(String what, JsonParser parser) {
            super("expected one JSON " + what, parser.currentLocation());
        }
    }
}
