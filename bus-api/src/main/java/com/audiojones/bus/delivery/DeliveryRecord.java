package com.audiojones.bus.delivery;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record on {@code webhook.deliveries}, JSON in snake case: one per finished attempt, first parking,
 * terminal state, and per unmatched event. A null component is left out of the JSON.
 *
 * @param kind what happened
 * @param eventId the event
 * @param eventType its type
 * @param name its name
 * @param topic its ingest topic
 * @param priority its priority
 * @param replayId the replay it belongs to; null: the original
 * @param ingestedAt when the broker appended the ingest record
 * @param targetId the target; null on {@code unmatched}
 * @param url where the request went
 * @param attempt which attempt this was, from 1; 0 where no request was started
 * @param requestNo which request for this pair, from 1, probes included; 0 where none was started
 * @param matched how many targets the event matched when it was matched
 * @param status the HTTP status; null where there was no answer
 * @param error the class of the error, such as {@code timeout} or {@code http_500}
 * @param errorMessage the error in one sentence
 * @param responseTimeMs from the start of the request to its end, milliseconds
 * @param responseExcerpt the beginning of the answer's body
 * @param timestamp when it happened
 * @param nextAttemptAt when the next attempt is due
 */
public record DeliveryRecord(
        DeliveryKind kind,
        String eventId,
        String eventType,
        String name,
        String topic,
        Priority priority,
        @Nullable String replayId,
        Instant ingestedAt,
        @Nullable String targetId,
        @Nullable String url,
        int attempt,
        int requestNo,
        int matched,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String errorMessage,
        @Nullable Long responseTimeMs,
        @Nullable String responseExcerpt,
        Instant timestamp,
        @Nullable Instant nextAttemptAt) {

    /** Checks that everything that must be there is. */
    public DeliveryRecord {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(eventId, "event_id");
        Objects.requireNonNull(eventType, "event_type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(ingestedAt, "ingested_at");
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /**
     * {@return the record of an event that no target wants}
     *
     * @param event the event
     * @param now when it was matched
     */
    public static DeliveryRecord unmatched(LaneHeaders event, Instant now) {
        return new DeliveryRecord(
                DeliveryKind.UNMATCHED,
                event.eventId().value(),
                event.eventType(),
                event.name(),
                event.topic(),
                event.priority(),
                event.replayId(),
                event.ingestedAt(),
                null,
                null,
                0,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                now,
                null);
    }

    /** {@return the record's value, UTF-8 JSON} */
    public byte[] toJson() {
        return DeliveryJson.write(this);
    }

    /**
     * {@return the record in a value}
     *
     * @param value UTF-8 JSON; unknown fields are passed over
     * @throws InvalidRecordException if it is no delivery record
     */
    public static DeliveryRecord fromJson(byte @Nullable [] value) throws InvalidRecordException {
        return RecordJson.read("delivery record", value, DeliveryRecord.class);
    }
}
