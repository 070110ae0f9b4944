package com.audiojones.bus.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

    /** The longest time to live. */
    public static final Duration MAX_TTL = Duration.ofDays(365);

    private static final Instant FIRST_TIME = Instant.EPOCH;
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

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
            byte[] checked = checkedValue(value);
            checkKey("key", key);
            return new Decoding.Accepted(EventFields.event(family, fields(checked)));
        } catch (InvalidEventException e) {
            return new Decoding.Rejected(e.getMessage());
        }
    }

    /**
     * {@return whether an event may have happened then: from 1970 to 9999}
     *
     * @param time a time
     */
    public static boolean isInRange(Instant time) {
        return !time.isBefore(FIRST_TIME) && !time.isAfter(LAST_TIME);
    }

    /** {@return the value, which is text of no more bytes than an event may have} */
    static byte[] checkedValue(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new InvalidEventException("value: expected a JSON object, got an empty record");
        }
        checkSize("value", value, MAX_EVENT_BYTES);
        checkText(value);
        return value;
    }

    static void checkKey(String what, byte @Nullable [] key) {
        if (key != null) {
            checkSize(what, key, MAX_KEY_BYTES);
        }
    }

    private static void checkSize(String what, byte[] bytes, int limit) {
        if (bytes.length > limit) {
            throw new InvalidEventException(
                    what + ": expected at most " + limit + " bytes, got " + bytes.length + " bytes");
        }
    }

    private static void checkText(byte[] value) {
        if (isPlain(value)) {
            return;
        }
        for (int i = 0; i < value.length; i++) {
            if (value[i] == 0) {
                throw new InvalidEventException("value: expected JSON text in UTF-8, got a NUL byte at offset " + i);
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new InvalidEventException(
                    "value: expected JSON text in UTF-8, got an invalid sequence at offset " + bytes.position());
        }
    }

    /** ASCII without NUL: nothing to decode. One sum without a branch is computed many bytes at a time. */
    private static boolean isPlain(byte[] value) {
        int signs = 0;
        for (byte b : value) {
            signs |= b - 1;
        }
        return signs >= 0;
    }

    /** {@return the members of a checked value} */
    static Map<String, JsonFields.Field> fields(byte[] value) {
        try {
            return JsonFields.of(value);
        } catch (JsonProcessingException e) {
            throw noJson("value: expected one JSON object", e);
        }
    }

    /** {@return a checked value that may be JSON of any kind} */
    static JsonFields.Field field(String name, byte[] value) {
        try {
            return JsonFields.any(value);
        } catch (JsonProcessingException e) {
            throw noJson(name + ": expected one JSON value", e);
        }
    }

    private static InvalidEventException noJson(String expected, JsonProcessingException failure) {
        String at = failure.getLocation() == null
                ? ""
                : " at offset " + failure.getLocation().getByteOffset();
        return new InvalidEventException(expected + ", got: "
                + Excerpt.of(START_MARKER.matcher(failure.getOriginalMessage()).replaceAll("")) + at);
    }
}
