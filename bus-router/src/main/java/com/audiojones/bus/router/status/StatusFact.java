package com.audiojones.bus.router.status;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one record of a lane or of {@code webhook.deliveries} says about an event, or about a replay of it.
 *
 * @param eventId the event
 * @param replayId the replay; null: the original
 * @param type the publisher's type
 * @param topic the ingest topic
 * @param priority the priority
 * @param since when the broker appended the ingest record; of a replay, this record
 * @param matched how many targets the event goes to; null: not known from this record
 * @param outcome what happened to a pair; null: nothing did
 */
record StatusFact(
        String eventId,
        @Nullable String replayId,
        String type,
        String topic,
        Priority priority,
        Instant since,
        @Nullable Integer matched,
        @Nullable Outcome outcome) {

    /**
     * What happened to a pair.
     *
     * @param target the target's id
     * @param kind what happened
     * @param attempt which attempt it was
     * @param requestNo which request
     * @param status the answer's status; null: there was none
     * @param at when
     */
    record Outcome(
            String target,
            DeliveryKind kind,
            int attempt,
            int requestNo,
            @Nullable Integer status,
            Instant at) {}

    static StatusFact of(LaneHeaders lane, Instant appendedAt) {
        return new StatusFact(
                lane.eventId().value(),
                lane.replayId(),
                lane.eventType(),
                lane.topic(),
                lane.priority(),
                lane.replayId() == null ? lane.ingestedAt() : appendedAt,
                null,
                null);
    }

    static StatusFact of(DeliveryRecord delivery, Instant appendedAt) {
        return new StatusFact(
                delivery.eventId(),
                delivery.replayId(),
                delivery.eventType(),
                delivery.topic(),
                delivery.priority(),
                delivery.replayId() == null ? delivery.ingestedAt() : appendedAt,
                delivery.matched(),
                outcome(delivery));
    }

    private static @Nullable Outcome outcome(DeliveryRecord delivery) {
        return delivery.kind() == DeliveryKind.UNMATCHED
                ? null
                : new Outcome(
                        Objects.requireNonNull(delivery.targetId(), "target_id"),
                        delivery.kind(),
                        delivery.attempt(),
                        delivery.requestNo(),
                        delivery.status(),
                        delivery.timestamp());
    }

    /** The key of the row it belongs to. */
    String key() {
        return EventStatus.key(eventId, replayId);
    }
}
