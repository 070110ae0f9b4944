package com.audiojones.bus.admin.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The members of a delivery body, cut out of its text: digits, key order and escapes stay as their publisher wrote them.
 *
 * @param payload raw JSON
 * @param metadata raw JSON
 * @param source {@code metadata.source}, null where there is none
 */
record BodyParts(String payload, String metadata, @Nullable String source) {

    /** The body passed the decoder's limits when it was routed; the envelope adds a few levels to its depth. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Never throws: a stored text that is no delivery body is shown whole, as a JSON string, in place of the payload. */
    static BodyParts of(String body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return asText(body);
            }
            BodyParts parts = members(parser, body);
            return parser.nextToken() == null ? parts : asText(body);
        } catch (JsonProcessingException e) {
            return asText(body);
        } catch (IOException e) {
            throw new UncheckedIOException("reading text does no I/O", e);
        }
    }

    private static BodyParts members(JsonParser parser, String body) throws IOException {
        BodyParts parts = new BodyParts("null", "{}", null);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken kind = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getCharOffset();
            if (name.equals("metadata") && kind == JsonToken.START_OBJECT) {
                String source = source(parser);
                parts = new BodyParts(parts.payload, cut(parser, body, from), source);
            } else {
                skip(parser);
                parts = name.equals("payload")
                        ? new BodyParts(cut(parser, body, from), parts.metadata, parts.source)
                        : parts;
            }
        }
        return parts;
    }

    private static @Nullable String source(JsonParser parser) throws IOException {
        String source = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean wanted = parser.currentName().equals("source");
            if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                source = parser.getText();
            }
            skip(parser);
        }
        return source;
    }

    private static void skip(JsonParser parser) throws IOException {
        parser.finishToken();
        parser.skipChildren();
    }

    private static String cut(JsonParser parser, String body, int from) {
        return body.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private static BodyParts asText(String body) {
        return new BodyParts(new String(Json.bytes(body), StandardCharsets.UTF_8), "{}", null);
    }
}
