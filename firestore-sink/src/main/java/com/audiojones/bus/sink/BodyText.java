package com.audiojones.bus.sink;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a delivery body as the text it is, unchanged, once it is known to be what readers of the store rely on. */
final class BodyText {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private BodyText() {}

    /**
     * {@return the body}
     *
     * @throws InvalidRecordException if it is not one JSON object in UTF-8
     */
    static String of(byte @Nullable [] value) throws InvalidRecordException {
        if (value == null) {
            throw new InvalidRecordException("value: expected a JSON object, got nothing");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            checkObject(text);
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidRecordException("value: expected UTF-8, got other bytes");
        }
    }

    private static void checkObject(String text) throws InvalidRecordException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRecordException("value: expected a JSON object, got other JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new InvalidRecordException("value: expected one JSON object, got more after it");
            }
        } catch (JsonProcessingException e) {
            throw new InvalidRecordException("value: expected a JSON object, got: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading text does no I/O", e);
        }
    }
}
