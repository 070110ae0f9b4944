package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An AJ event: something is the case. What its fields may hold is checked when it is published, by the router's own rules.
 *
 * @param id its id
 * @param type such as {@link AjEventType#STATUS_CHANGE}
 * @param timestamp when it happened
 * @param payload anything that Jackson writes as JSON: a map, a record, a bean, a tree; null is JSON's null
 * @param metadata further members, written by Jackson; {@code source} is also the default key, {@code severity} ({@code
 *     critical, error, warning, info}) decides the priority
 * @param topic one of the {@code events.*} topics; null: by the type's prefix up to {@code _}
 * @param key events of one key stay in order; null: {@code metadata.source}
 */
public record AjEvent(
        EventId id,
        String type,
        Instant timestamp,
        @Nullable Object payload,
        Map<String, ?> metadata,
        @Nullable String topic,
        @Nullable String key)
        implements BusEvent {

    /**
     * An event with a fresh id and the time of now.
     *
     * @param type such as {@link AjEventType#STATUS_CHANGE}
     * @param payload anything that Jackson writes as JSON
     * @return the event
     */
    public static AjEvent of(@Nullable String type, @Nullable Object payload) {
        Instant now = Instant.now();
        return new AjEvent(
                FreshIds.next(EventFamily.AJ, now), type == null ? "" : type, now, payload, Map.of(), null, null);
    }

    /**
     * {@return this event with other metadata}
     *
     * @param members values that Jackson writes as JSON, by name
     */
    public AjEvent withMetadata(Map<String, ?> members) {
        return new AjEvent(id, type, timestamp, payload, members, topic, key);
    }

    /**
     * {@return this event with an id of the publisher's own}
     *
     * @param own 1 to 128 letters, digits, {@code .}, {@code _}, {@code :} or {@code -}
     * @throws IllegalArgumentException if it is no id
     */
    public AjEvent withId(String own) {
        return new AjEvent(new EventId(own), type, timestamp, payload, metadata, topic, key);
    }

    /**
     * {@return this event at another time}
     *
     * @param occurredAt from 1970 to 9999; milliseconds are kept
     */
    public AjEvent withTimestamp(Instant occurredAt) {
        return new AjEvent(id, type, occurredAt, payload, metadata, topic, key);
    }

    /**
     * {@return this event for another topic than that of its type's prefix}
     *
     * @param own one of the {@code events.*} topics
     */
    public AjEvent withTopic(String own) {
        return new AjEvent(id, type, timestamp, payload, metadata, own, key);
    }

    /**
     * {@return this event, in order with those of a key}
     *
     * @param own at most 1024 bytes of UTF-8
     */
    public AjEvent withKey(String own) {
        return new AjEvent(id, type, timestamp, payload, metadata, topic, own);
    }
}
