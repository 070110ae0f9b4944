package com.audiojones.bus.event;

import com.audiojones.bus.event.JsonFields.Field;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents 1.0 with JSON data, structured and binary, as the Kafka protocol binding has them. Each is checked as
 * the event that says the same in the bus's own form, and its data travels byte for byte. Stateless.
 */
public final class CloudEvents {

    private static final String PREFIX = "ce_";
    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = "application/cloudevents+json";

    /** Attributes of audit events, and the fields they are; {@code source} is one of the metadata too. */
    private static final Map<String, String> AUDIT = Map.of(
            "id", "id",
            "type", "type",
            "time", "timestamp",
            "data", "data",
            "actor", "actor",
            "actortype", "actorType",
            "blueprintid", "blueprintId",
            "priority", "priority",
            "ttl", "ttl");

    private static final Map<String, String> AJ =
            Map.of("id", "event_id", "type", "event_type", "time", "timestamp", "data", "payload");

    /** What is neither a field nor metadata: it says how the event travels. */
    private static final Set<String> TRANSPORT = Set.of("specversion", "datacontenttype", "subject", "traceparent");

    private CloudEvents() {}

    /**
     * What a record came to.
     *
     * @param decoding the event, or the reason why it is none
     * @param subject the ordering key where the record has none; null: there is no subject either
     * @param traceparent the W3C trace context; null: there is none
     */
    public record Read(
            Decoding decoding,
            @Nullable String subject,
            @Nullable String traceparent) {}

    /**
     * {@return whether a record says that it is a CloudEvent}
     *
     * @param headers the record's headers
     */
    public static boolean isOne(Headers headers) {
        return headers.lastHeader(PREFIX + "specversion") != null
                || contentType(headers).startsWith(STRUCTURED);
    }

    /**
     * Reads one record.
     *
     * @param family the family of the topic it was published to
     * @param headers the record's headers
     * @param key the record's key
     * @param value the record's value
     * @return what it came to; never throws for anything a record can contain
     */
    public static Read read(EventFamily family, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            EventDecoder.checkKey("key", key);
            Map<String, Field> attributes = attributes(headers, value);
            check(attributes);
            return new Read(
                    new Decoding.Accepted(EventFields.event(family, fields(family, attributes))),
                    text(attributes, "subject"),
                    text(attributes, "traceparent"));
        } catch (InvalidEventException e) {
            return new Read(new Decoding.Rejected("CloudEvent: " + e.getMessage()), null, null);
        }
    }

    private static Map<String, Field> attributes(Headers headers, byte @Nullable [] value) {
        String contentType = contentType(headers);
        if (!contentType.startsWith(STRUCTURED)) {
            checkJson(contentType, "header content-type");
            return binary(headers, value);
        }
        if (!media(contentType).equals(STRUCTURED_JSON)) {
            throw new InvalidEventException(
                    "header content-type: expected " + STRUCTURED_JSON + ", got " + Excerpt.of(contentType));
        }
        return EventDecoder.fields(EventDecoder.checkedValue(value));
    }

    private static Map<String, Field> binary(Headers headers, byte @Nullable [] value) {
        Map<String, Field> attributes = new LinkedHashMap<>();
        for (Header header : headers) {
            if (header.key().startsWith(PREFIX) && header.value() != null) {
                String name = header.key().substring(PREFIX.length());
                attributes.put(name, attribute(name, new String(header.value(), StandardCharsets.UTF_8)));
            }
        }
        if (value != null && value.length > 0) {
            attributes.put("data", EventDecoder.field("data", EventDecoder.checkedValue(value)));
        }
        return attributes;
    }

    /** In a header numbers are text too. */
    private static Field attribute(String name, String text) {
        boolean isNumber = name.equals("ttl") && text.matches("[0-9]{1,18}");
        RawJson raw = isNumber ? RawJson.of(text.getBytes(StandardCharsets.US_ASCII)) : RawJson.ofText(text);
        return new Field(isNumber ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_STRING, raw, text);
    }

    private static void check(Map<String, Field> attributes) {
        String version = text(attributes, "specversion");
        if (!"1.0".equals(version)) {
            throw new InvalidEventException("specversion: expected 1.0, got " + Excerpt.of(String.valueOf(version)));
        }
        for (String required : Set.of("id", "source", "type")) {
            if (text(attributes, required) == null) {
                throw new InvalidEventException(required + ": expected a string, got nothing or another kind of JSON");
            }
        }
        if (attributes.containsKey("data_base64")) {
            throw new InvalidEventException("data_base64: expected JSON under data, got binary data");
        }
        checkJson(Objects.requireNonNullElse(text(attributes, "datacontenttype"), ""), "datacontenttype");
        String subject = text(attributes, "subject");
        if (subject != null) {
            EventDecoder.checkKey("subject", subject.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void checkJson(String contentType, String where) {
        String media = media(contentType);
        if (!media.isEmpty() && !media.endsWith("/json") && !media.endsWith("+json")) {
            throw new InvalidEventException(where + ": expected JSON data, got " + Excerpt.of(contentType));
        }
    }

    /** The members of the event in the bus's own form. */
    private static Map<String, Field> fields(EventFamily family, Map<String, Field> attributes) {
        Map<String, String> places = family == EventFamily.AUDIT ? AUDIT : AJ;
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, RawJson> metadata = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (places.containsKey(name)) {
                fields.put(places.get(name), value);
            } else if (!TRANSPORT.contains(name)) {
                metadata.put(name, value.raw());
            }
        });
        if (family == EventFamily.AUDIT) {
            fields.putIfAbsent("actor", Objects.requireNonNull(attributes.get("source"), "was checked"));
            fields.putIfAbsent("actorType", attribute("actortype", "system"));
        }
        fields.putIfAbsent(places.get("data"), new Field(JsonToken.VALUE_NULL, RawJson.NULL, ""));
        fields.put("metadata", new Field(JsonToken.START_OBJECT, RawJson.ofObject(metadata), ""));
        return fields;
    }

    private static @Nullable String text(Map<String, Field> attributes, String name) {
        Field field = attributes.get(name);
        return field == null || !field.isString() ? null : field.text();
    }

    private static String contentType(Headers headers) {
        Header header = headers.lastHeader("content-type");
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT);
    }

    private static String media(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
