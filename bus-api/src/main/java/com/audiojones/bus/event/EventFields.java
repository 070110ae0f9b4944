package com.audiojones.bus.event;

import com.audiojones.bus.event.JsonFields.Field;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.core.JsonToken;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the fields of one published object and makes the event of them. One use, one thread. */
final class EventFields {

    private static final Set<String> ACTOR_TYPES = Set.of("user", "team", "partner", "system", "ai");
    private static final Map<String, Priority> PRIORITIES =
            Arrays.stream(Priority.values()).collect(Collectors.toUnmodifiableMap(Priority::name, each -> each));
    private static final long MAX_TTL_SECONDS = EventDecoder.MAX_TTL.toSeconds();

    private final Map<String, Field> unread;

    private EventFields(Map<String, Field> fields) {
        this.unread = fields;
    }

    static IngestEvent event(EventFamily family, Map<String, Field> fields) {
        EventFields reader = new EventFields(fields);
        return switch (family) {
            case AUDIT -> reader.auditEvent();
            case AJ -> reader.ajEvent();
        };
    }

    private IngestEvent auditEvent() {
        String type = type("type");
        EventId id = id("id");
        Map<String, RawJson> attributes = new LinkedHashMap<>();
        attributes.put("actor", nonEmptyString("actor"));
        attributes.put("actorType", actorType());
        Field blueprintId = optional("blueprintId", "a string", Field::isString);
        if (blueprintId != null) {
            attributes.put("blueprintId", blueprintId.raw());
        }
        Instant timestamp = timestamp();
        Priority priority = priority();
        Duration ttl = ttl();
        RawJson payload = required("data", "a value").raw();
        Map<String, Field> metadata = auditMetadata();
        return new IngestEvent(
                EventFamily.AUDIT,
                id,
                type,
                timestamp,
                priority,
                ttl,
                null,
                text(metadata, "source"),
                payload,
                raw(metadata),
                attributes,
                extra());
    }

    private IngestEvent ajEvent() {
        String type = type("event_type");
        EventId id = id("event_id");
        Instant timestamp = timestamp();
        Field payload = required("payload", "a value");
        Field metadata = optional("metadata", "an object", Field::isObject);
        Map<String, Field> members = metadata == null ? Map.of() : JsonFields.ofValidObject(metadata.raw());
        String severity = text(members, "severity");
        return new IngestEvent(
                EventFamily.AJ,
                id,
                type,
                timestamp,
                null,
                null,
                severity != null || !payload.isObject()
                        ? severity
                        : text(JsonFields.ofValidObject(payload.raw()), "severity"),
                text(members, "source"),
                payload.raw(),
                raw(members),
                Map.of(),
                extra());
    }

    private String type(String name) {
        Field field = requiredString(name);
        if (!EventName.isValidType(field.text())) {
            throw wrong(
                    name,
                    "letters, digits, _ and - in segments separated by dots, at most " + EventName.MAX_TYPE_LENGTH
                            + " characters",
                    field);
        }
        return field.text();
    }

    private @Nullable EventId id(String name) {
        Field field = optional(name, "a string", Field::isString);
        if (field == null) {
            return null;
        }
        if (!EventId.isValid(field.text())) {
            throw wrong(name, "1 to 128 letters, digits, '.', '_', ':' or '-'", field);
        }
        return new EventId(field.text());
    }

    private RawJson nonEmptyString(String name) {
        Field field = requiredString(name);
        if (field.text().isEmpty()) {
            throw wrong(name, "a string that is not empty", field);
        }
        return field.raw();
    }

    private RawJson actorType() {
        Field field = requiredString("actorType");
        if (!ACTOR_TYPES.contains(field.text())) {
            throw wrong("actorType", "one of user, team, partner, system, ai", field);
        }
        return field.raw();
    }

    private @Nullable Instant timestamp() {
        String expected = "an ISO-8601 time with zone from 1970 to 9999, such as 2025-11-11T10:30:00.000Z";
        Field field = optional("timestamp", expected, Field::isString);
        if (field == null) {
            return null;
        }
        try {
            Instant time = IsoMillis.parseWithOffset(field.text());
            if (!EventDecoder.isInRange(time)) {
                throw wrong("timestamp", expected, field);
            }
            return time;
        } catch (DateTimeException e) {
            throw wrong("timestamp", expected, field);
        }
    }

    private @Nullable Priority priority() {
        String expected = "one of P0, P1, P2, P3";
        Field field = optional("priority", expected, Field::isString);
        if (field == null) {
            return null;
        }
        Priority priority = PRIORITIES.get(field.text());
        if (priority == null) {
            throw wrong("priority", expected, field);
        }
        return priority;
    }

    /** Zero is how the sample publisher says "none". */
    private @Nullable Duration ttl() {
        String expected = "whole seconds from 0 to " + MAX_TTL_SECONDS;
        Field field = optional("ttl", expected, f -> f.kind() == JsonToken.VALUE_NUMBER_INT);
        if (field == null) {
            return null;
        }
        boolean fits = field.text().length() <= 9;
        long seconds = fits ? Long.parseLong(field.text()) : -1;
        if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
            throw wrong("ttl", expected, field);
        }
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /** Audit metadata may be of any kind; what is no object stays unread, that is, becomes an extra field. */
    private Map<String, Field> auditMetadata() {
        Field metadata = unread.get("metadata");
        if (metadata == null || !(metadata.isObject() || metadata.isNull())) {
            return Map.of();
        }
        unread.remove("metadata");
        return metadata.isNull() ? Map.of() : JsonFields.ofValidObject(metadata.raw());
    }

    /** What is left unread when all known fields are taken. */
    private Map<String, RawJson> extra() {
        return raw(unread);
    }

    private static Map<String, RawJson> raw(Map<String, Field> fields) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, RawJson> raw = new LinkedHashMap<>();
        fields.forEach((name, field) -> raw.put(name, field.raw()));
        return raw;
    }

    private static @Nullable String text(Map<String, Field> members, String name) {
        Field field = members.get(name);
        return field == null || !field.isString() ? null : field.text();
    }

    private Field requiredString(String name) {
        Field field = required(name, "a string");
        if (!field.isString()) {
            throw wrong(name, "a string", field);
        }
        return field;
    }

    private Field required(String name, String expected) {
        Field field = unread.remove(name);
        if (field == null) {
            throw new InvalidEventException(name + ": expected " + expected + ", got nothing: the field is missing");
        }
        return field;
    }

    private @Nullable Field optional(String name, String expected, Predicate<Field> ofTheRightKind) {
        Field field = take(name);
        if (field != null && !ofTheRightKind.test(field)) {
            throw wrong(name, expected, field);
        }
        return field;
    }

    /** Null means the same as leaving the field out. */
    private @Nullable Field take(String name) {
        Field field = unread.remove(name);
        return field == null || field.isNull() ? null : field;
    }

    private static InvalidEventException wrong(String name, String expected, Field actual) {
        return new InvalidEventException(name + ": expected " + expected + ", got "
                + Excerpt.of(actual.raw().toString()));
    }
}
