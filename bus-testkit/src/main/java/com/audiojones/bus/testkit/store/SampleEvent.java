package com.audiojones.bus.testkit.store;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event and the documents that come of it. Delivery documents say that it matched two targets.
 *
 * @param headers its lane headers
 * @param body its body
 */
record SampleEvent(LaneHeaders headers, String body) {

    /** When sample events are ingested, and the beginning of a minute. */
    static final Instant TIME = Instant.parse("2026-11-21T10:30:00Z");

    private static final int MATCHED = 2;

    static SampleEvent of(String id) {
        return of(id, TIME);
    }

    static SampleEvent of(String id, Instant ingestedAt) {
        return of(id, ingestedAt, "events.status", "status_change", "status_change", 1);
    }

    static SampleEvent of(String id, Instant ingestedAt, String topic, String name, String type, double sampleRate) {
        LaneHeaders headers = new LaneHeaders(
                new EventId(id),
                type,
                name,
                topic,
                Priority.P1,
                ingestedAt.minusMillis(5),
                ingestedAt,
                ingestedAt.plusSeconds(3600),
                sampleRate,
                null,
                null,
                null);
        return new SampleEvent(headers, "{\"event_id\":\"" + id + "\",\"payload\":{},\"metadata\":{}}");
    }

    SampleEvent withBody(String other) {
        return new SampleEvent(headers, other);
    }

    /** The event sent once more. */
    SampleEvent replayedAs(String replayId) {
        return new SampleEvent(headers.replayedAs(replayId, null, null), body);
    }

    String id() {
        return headers.eventId().value();
    }

    EventWrite event() {
        return new EventWrite(headers, body);
    }

    StatusWrite status(int dispatchedTo, int success, int failed) {
        return new StatusWrite(new EventStatus(id(), null, dispatchedTo, success, failed));
    }

    DeliveryWrite unmatched() {
        return new DeliveryWrite(StoredDelivery.of(DeliveryRecord.unmatched(headers, headers.ingestedAt())));
    }

    /** What happened to a pair with its first request, 100 ms after the ingest. */
    DeliveryWrite delivery(DeliveryKind kind, String targetId) {
        return delivery(kind, targetId, 1, headers.ingestedAt().plusMillis(100));
    }

    DeliveryWrite delivery(DeliveryKind kind, String targetId, int requestNo, Instant at) {
        return new DeliveryWrite(new StoredDelivery(
                id(),
                kind,
                targetId,
                headers.replayId(),
                "https://example.com/" + targetId,
                requestNo,
                requestNo,
                MATCHED,
                statusOf(kind),
                12L,
                null,
                null,
                "thanks",
                at,
                null));
    }

    DeadLetterWrite deadLetter(String targetId, Instant at) {
        StoredDeadLetter letter = new StoredDeadLetter(
                id(),
                targetId,
                headers.replayId(),
                headers.eventType(),
                "https://example.com/" + targetId,
                DeadLetterReason.MAX_ATTEMPTS,
                "expected 2xx, got 500",
                500,
                3,
                at);
        return new DeadLetterWrite(letter, body);
    }

    private static @Nullable Integer statusOf(DeliveryKind kind) {
        return switch (kind) {
            case DELIVERED -> 200;
            case ATTEMPT_FAILED, DEAD_LETTERED -> 500;
            case EXPIRED, REMOVED, PARKED, UNMATCHED -> null;
        };
    }
}
