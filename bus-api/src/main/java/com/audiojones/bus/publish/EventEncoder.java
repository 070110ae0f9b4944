package com.audiojones.bus.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.IngestEvent;
import com.audiojones.bus.event.RawJson;
import com.audiojones.bus.time.IsoMillis;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes events as JSON and checks them with the router's own rules. Stateless. */
final class EventEncoder {

    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.threadLocalPool();
    private static final String AUDIT_FALLBACK = "audit.system";
    private static final String AJ_FALLBACK = "events.system";

    /** Times are ISO-8601 text, as everywhere on the bus; beans without properties are empty objects. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private EventEncoder() {}

    /**
     * @throws RejectedEventException if the router would refuse it
     */
    static Outgoing encode(BusEvent event, @Nullable String traceparent) {
        return switch (event) {
            case AuditEvent audit -> encode(audit, traceparent);
            case AjEvent aj -> encode(aj, traceparent);
        };
    }

    /**
     * An event that is JSON already, sent as it is.
     *
     * @throws RejectedEventException if the router would refuse it
     */
    static Outgoing whole(String topic, @Nullable String key, byte[] json, @Nullable String traceparent) {
        EventFamily family = Topics.family(topic).orElseThrow(() -> unknownTopic(topic, any -> true));
        IngestEvent event = checked(family, bytes(key), json);
        byte[] keyBytes = bytes(key == null ? usualKey(event) : key);
        if (isTooLong(keyBytes)) {
            event = checked(family, keyBytes, json);
        }
        EventId id = event.id() == null ? FreshIds.next(family, Instant.now()) : event.id();
        return Outgoing.of(id, topic, keyBytes, event.id() == null ? withId(family, id, json) : json, traceparent);
    }

    private static Outgoing encode(AuditEvent event, @Nullable String traceparent) {
        String topic = topic(EventFamily.AUDIT, event.type(), event.topic(), AUDIT_FALLBACK);
        String key =
                event.key() != null ? event.key() : event.blueprintId() != null ? event.blueprintId() : event.actor();
        boolean known = EventRules.accept(event);
        return checked(EventFamily.AUDIT, event.id(), topic, key, traceparent, known, json -> {
            json.writeStringField("id", event.id().value());
            text(json, "type", event.type());
            json.writeStringField("timestamp", IsoMillis.format(event.timestamp()));
            text(json, "actor", event.actor());
            text(
                    json,
                    "actorType",
                    event.actorType() == null ? null : event.actorType().label());
            text(json, "blueprintId", event.blueprintId());
            json.writeFieldName("data");
            MAPPER.writeValue(json, event.data());
            metadata(json, event.metadata());
            text(
                    json,
                    "priority",
                    event.priority() == null ? null : event.priority().name());
            if (event.ttl() != null) {
                json.writeNumberField("ttl", event.ttl().toSeconds());
            }
        });
    }

    private static Outgoing encode(AjEvent event, @Nullable String traceparent) {
        String topic = topic(EventFamily.AJ, event.type(), event.topic(), AJ_FALLBACK);
        String key = event.key() != null || !(event.metadata().get("source") instanceof String source)
                ? event.key()
                : source;
        boolean known = EventRules.accept(event);
        return checked(EventFamily.AJ, event.id(), topic, key, traceparent, known, json -> {
            json.writeStringField("event_id", event.id().value());
            text(json, "event_type", event.type());
            json.writeStringField("timestamp", IsoMillis.format(event.timestamp()));
            json.writeFieldName("payload");
            MAPPER.writeValue(json, event.payload());
            metadata(json, event.metadata());
        });
    }

    /** What the event itself says it is in order with. */
    private static @Nullable String usualKey(IngestEvent event) {
        RawJson said = event.attributes()
                .getOrDefault("blueprintId", event.attributes().get("actor"));
        try {
            return said == null ? event.source() : MAPPER.readValue(said.bytes(), String.class);
        } catch (IOException e) {
            throw new IllegalStateException("a string that was checked", e);
        }
    }

    /** Writes the members of one object. */
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static Outgoing checked(
            EventFamily family,
            EventId id,
            String topic,
            @Nullable String key,
            @Nullable String traceparent,
            boolean known,
            Members members) {
        byte[] value = written(id, members);
        byte[] keyBytes = bytes(key);
        if (!known || value.length > EventDecoder.MAX_EVENT_BYTES || isTooLong(keyBytes)) {
            IngestEvent _ = checked(family, keyBytes, value);
        }
        return Outgoing.of(id, topic, keyBytes, value, traceparent);
    }

    private static byte[] written(EventId id, Members members) {
        BufferRecycler buffers = BUFFERS.acquireAndLinkPooled();
        try (ByteArrayBuilder out = new ByteArrayBuilder(buffers);
                JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        } catch (JsonProcessingException e) {
            throw new RejectedEventException(
                    "event " + id + ": expected what Jackson writes as JSON, got: " + e.getOriginalMessage(), e);
        } catch (IOException | DateTimeException e) {
            throw new RejectedEventException(
                    "event " + id + ": expected what can be written as JSON, got: " + e.getMessage(), e);
        } finally {
            buffers.releaseToPool();
        }
    }

    private static IngestEvent checked(EventFamily family, byte @Nullable [] key, byte[] value) {
        return switch (EventDecoder.decode(family, key, value)) {
            case Decoding.Accepted accepted -> accepted.event();
            case Decoding.Rejected rejected -> throw new RejectedEventException(rejected.reason());
        };
    }

    private static String topic(EventFamily family, String type, @Nullable String given, String fallback) {
        if (given == null) {
            String byType = Topics.forType(type);
            return Topics.family(byType).orElseThrow() == family ? byType : fallback;
        }
        if (Topics.family(given).filter(family::equals).isEmpty()) {
            throw unknownTopic(given, family::equals);
        }
        return given;
    }

    private static RejectedEventException unknownTopic(String topic, Predicate<EventFamily> meant) {
        String expected = Topics.ingest().stream()
                .filter(each -> Topics.family(each).filter(meant).isPresent())
                .collect(Collectors.joining(", "));
        return new RejectedEventException("topic: expected one of " + expected + ", got '" + topic + "'");
    }

    /** The id stands first; all else is as it was. */
    private static byte[] withId(EventFamily family, EventId id, byte[] json) {
        int brace = 0;
        while (json[brace] != '{') {
            brace++;
        }
        String field = family == EventFamily.AUDIT ? "id" : "event_id";
        byte[] first = ("{\"" + field + "\":\"" + id + "\",").getBytes(UTF_8);
        byte[] whole = new byte[first.length + json.length - brace - 1];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(json, brace + 1, whole, first.length, json.length - brace - 1);
        if (EventDecoder.decode(family, null, whole) instanceof Decoding.Rejected rejected) {
            throw new RejectedEventException(
                    "with an id, which it has none: " + rejected.reason() + " (an id that is null counts as one)");
        }
        return whole;
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void metadata(JsonGenerator json, Map<String, ?> members) throws IOException {
        if (!members.isEmpty()) {
            json.writeFieldName("metadata");
            MAPPER.writeValue(json, members);
        }
    }

    private static boolean isTooLong(byte @Nullable [] key) {
        return key != null && key.length > EventDecoder.MAX_KEY_BYTES;
    }

    private static byte @Nullable [] bytes(@Nullable String key) {
        return key == null ? null : key.getBytes(UTF_8);
    }
}
