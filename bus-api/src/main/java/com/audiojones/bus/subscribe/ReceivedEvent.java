package com.audiojones.bus.subscribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as subscribers get it. Its JSON is read when it is asked for. Immutable and safe for use by many threads. */
public final class ReceivedEvent {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LaneHeaders headers;
    private final byte @Nullable [] key;
    private final byte[] body;
    private final int attempt;

    /** What the body says, once it was read. */
    private volatile @Nullable JsonNode read;

    ReceivedEvent(LaneHeaders headers, byte @Nullable [] key, byte[] body, int attempt) {
        this.headers = headers;
        this.key = key;
        this.body = body;
        this.attempt = attempt;
    }

    /** {@return the event's id: the same whenever the event comes again, for those who must do a thing once} */
    public String id() {
        return headers.eventId().value();
    }

    /** {@return the publisher's type} */
    public String type() {
        return headers.eventType();
    }

    /** {@return the hierarchical name, such as {@code audit.user.action.task.created}} */
    public String name() {
        return headers.name();
    }

    /** {@return the topic that it was published to} */
    public String topic() {
        return headers.topic();
    }

    /** {@return the priority} */
    public Priority priority() {
        return headers.priority();
    }

    /** {@return when it happened, as its publisher says} */
    public Instant timestamp() {
        return headers.occurredAt();
    }

    /** {@return the ordering key; null: none} */
    public @Nullable String key() {
        return key == null ? null : new String(key, UTF_8);
    }

    /** {@return the replay that it is a part of; null: it is the original} */
    public @Nullable String replayId() {
        return headers.replayId();
    }

    /** {@return the trace that it was published in, as W3C's header {@code traceparent}; null: none} */
    public @Nullable String traceparent() {
        return headers.traceparent();
    }

    /** {@return which attempt of this subscriber this is, from 1; counted anew after a rebalance} */
    public int attempt() {
        return attempt;
    }

    /** {@return the body that webhook receivers get, UTF-8: {@code event_id, event_type, timestamp, payload, metadata}} */
    public byte[] body() {
        return body.clone();
    }

    /**
     * {@return the payload of an AJ event, the data of an audit event}
     *
     * @throws IllegalStateException if it is no JSON object; {@link #payload(Class)} reads others
     */
    public Map<String, Object> payload() {
        return members("payload");
    }

    /**
     * {@return the payload as a value of a type}
     *
     * @param <T> the type
     * @param type what Jackson makes of it: a record, a bean, {@code String}, {@code Map}; unknown members are passed over
     * @throws IllegalStateException if the payload does not fit the type
     */
    public <T> T payload(Class<T> type) {
        try {
            return MAPPER.treeToValue(member("payload"), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "event " + id() + ": expected a payload that fits " + type.getSimpleName() + ", got: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** {@return the metadata; of an audit event with actor, actorType, blueprintId, priority and topic} */
    public Map<String, Object> metadata() {
        return members("metadata");
    }

    private Map<String, Object> members(String name) {
        JsonNode member = member(name);
        if (!member.isObject()) {
            throw new IllegalStateException("event " + id() + ": expected a " + name + " that is an object, got "
                    + member.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return MAPPER.convertValue(member, new TypeReference<>() {});
    }

    private JsonNode member(String name) {
        try {
            JsonNode known = read;
            if (known == null) {
                known = MAPPER.readTree(body);
                read = known;
            }
            return known.path(name);
        } catch (IOException e) {
            throw new IllegalStateException("event " + id() + ": expected a JSON body, got: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name() + " " + id();
    }
}
