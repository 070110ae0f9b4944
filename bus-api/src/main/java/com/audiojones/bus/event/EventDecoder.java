package com.audiojones.bus.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads published records strictly: what it accepts is exactly what the JSON Schemas in {@link EventSchemas} accept.
 * Unknown fields are kept, wrong types refused. The router, the command line and the admin API share it, so a record
 * that one of them accepts no other refuses. Stateless.
 */
public final class EventDecoder {

    /** The largest event, in bytes of UTF-8. */
    public static final int MAX_EVENT_BYTES = 256 * 1024;

    /** The longest ordering key, in bytes: it travels with every record made of the event. */
    public static final int MAX_KEY_BYTES = 1024;

    /** Jackson repeats where an unfinished value began, in terms of its own settings. */
    private static final Pattern START_MARKER = Pattern.compile(" *\\(start marker at \\[Source:[^\\]]*\\]\\)");

    private EventDecoder() {}

    /**
     * Reads one record.
     *
     * @param family the family of the topic it was published to
     * @param key the record's key
     * @param value the record's value
     * @return the event, or the reason why it is none; never throws for anything a record can contain
     */
    public static Decoding decode(EventFamily family, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value == null || value.length == 0) {
                throw new InvalidEventException("value: expected a JSON object, got an empty record");
            }
            checkSize("value", value, MAX_EVENT_BYTES);
            if (key != null) {
                checkSize("key", key, MAX_KEY_BYTES);
            }
            checkText(value);
            return new Decoding.Accepted(EventFields.event(family, fields(value)));
        } catch (InvalidEventException e) {
            return new Decoding.Rejected(e.getMessage());
        }
    }

    private static void checkSize(String what, byte[] bytes, int limit) {
        if (bytes.length > limit) {
            throw new InvalidEventException(
                    what + ": expected at most " + limit + " bytes, got " + bytes.length + " bytes");
        }
    }

    private static void checkText(byte[] value) {
        int all = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] == 0) {
                throw new InvalidEventException("value: expected JSON text in UTF-8, got a NUL byte at offset " + i);
            }
            all |= value[i];
        }
        if (all > 0) {
            // ASCII: nothing to decode.
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new InvalidEventException(
                    "value: expected JSON text in UTF-8, got an invalid sequence at offset " + bytes.position());
        }
    }

    private static Map<String, JsonFields.Field> fields(byte[] value) {
        try {
            return JsonFields.of(value);
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null
                    ? ""
                    : " at offset " + e.getLocation().getByteOffset();
            throw new InvalidEventException("value: expected one JSON object, got: "
                    + Excerpt.of(START_MARKER.matcher(e.getOriginalMessage()).replaceAll("")) + at);
        }
    }
}
