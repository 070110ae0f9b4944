package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An audit event: somebody did something. What must be there ({@code type, actor, actorType}) and what the fields may
 * hold is checked when it is published, by the router's own rules.
 *
 * @param id its id
 * @param type such as {@code user.action.task.created}
 * @param timestamp when it happened
 * @param actor who did it
 * @param actorType what kind of actor that is
 * @param blueprintId the blueprint it is about
 * @param data anything that Jackson writes as JSON: a map, a record, a bean, a tree; null is JSON's null
 * @param metadata further members, written by Jackson
 * @param priority null: the router's rules decide
 * @param ttl how long it is worth delivering, in whole seconds; null: as its priority says
 * @param topic one of the {@code audit.*} topics; null: by the type's first segment
 * @param key events of one key stay in order; null: blueprintId, else actor
 */
public record AuditEvent(
        EventId id,
        String type,
        Instant timestamp,
        @Nullable String actor,
        @Nullable ActorType actorType,
        @Nullable String blueprintId,
        @Nullable Object data,
        Map<String, ?> metadata,
        @Nullable Priority priority,
        @Nullable Duration ttl,
        @Nullable String topic,
        @Nullable String key)
        implements BusEvent {

    /**
     * Begins an event of a type, with a fresh id and the time of now.
     *
     * @param type such as {@code user.action.task.created}, or {@code audit.user.action.task.created}, which is the same
     * @return what takes the rest
     */
    public static Builder ofType(@Nullable String type) {
        return new Builder(type);
    }

    /** Puts one event together. One thread. */
    public static final class Builder {

        private final String type;
        private Instant timestamp = Instant.now();
        private EventId id = FreshIds.next(EventFamily.AUDIT, timestamp);
        private @Nullable String actor;
        private @Nullable ActorType actorType;
        private @Nullable String blueprintId;
        private @Nullable Object data;
        private Map<String, ?> metadata = Map.of();
        private @Nullable Priority priority;
        private @Nullable Duration ttl;
        private @Nullable String topic;
        private @Nullable String key;

        private Builder(@Nullable String type) {
            String given = type == null ? "" : type;
            this.type = given.startsWith("audit.") ? given.substring("audit.".length()) : given;
        }

        /**
         * An id of the publisher's own, such as one that it had before.
         *
         * @param own 1 to 128 letters, digits, {@code .}, {@code _}, {@code :} or {@code -}
         * @return this
         * @throws IllegalArgumentException if it is no id
         */
        public Builder id(String own) {
            this.id = new EventId(own);
            return this;
        }

        /**
         * When it happened, if not now.
         *
         * @param occurredAt from 1970 to 9999; milliseconds are kept
         * @return this
         */
        public Builder timestamp(Instant occurredAt) {
            this.timestamp = occurredAt;
            return this;
        }

        /**
         * Who did it.
         *
         * @param name who
         * @param kind what kind of actor
         * @return this
         */
        public Builder actor(String name, ActorType kind) {
            this.actor = name;
            this.actorType = kind;
            return this;
        }

        /**
         * The blueprint it is about.
         *
         * @param blueprint its id
         * @return this
         */
        public Builder blueprintId(String blueprint) {
            this.blueprintId = blueprint;
            return this;
        }

        /**
         * What happened.
         *
         * @param content anything that Jackson writes as JSON
         * @return this
         */
        public Builder data(@Nullable Object content) {
            this.data = content;
            return this;
        }

        /**
         * What else there is to know.
         *
         * @param members values that Jackson writes as JSON, by name
         * @return this
         */
        public Builder metadata(Map<String, ?> members) {
            this.metadata = members;
            return this;
        }

        /**
         * How urgent it is.
         *
         * @param urgency the priority
         * @return this
         */
        public Builder priority(Priority urgency) {
            this.priority = urgency;
            return this;
        }

        /**
         * How long it is worth delivering.
         *
         * @param worth whole seconds, up to 365 days
         * @return this
         */
        public Builder ttl(Duration worth) {
            this.ttl = worth;
            return this;
        }

        /**
         * The topic to publish to, where it is not that of the type's first segment.
         *
         * @param own one of the {@code audit.*} topics
         * @return this
         */
        public Builder topic(String own) {
            this.topic = own;
            return this;
        }

        /**
         * What events this one stays in order with, if not those of its blueprint or actor.
         *
         * @param own at most 1024 bytes of UTF-8
         * @return this
         */
        public Builder key(String own) {
            this.key = own;
            return this;
        }

        /** {@return the event} */
        public AuditEvent build() {
            return new AuditEvent(
                    id, type, timestamp, actor, actorType, blueprintId, data, metadata, priority, ttl, topic, key);
        }
    }
}
