package com.audiojones.bus.router.status;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records that routers and dispatchers write about one event.
 *
 * @param event the headers of its lane record
 */
record Deliveries(LaneHeaders event) {

    Deliveries(String id, Instant ingestedAt) {
        this(new LaneHeaders(
                new EventId(id),
                "user.login",
                "audit.user.login",
                "audit.user",
                Priority.P1,
                ingestedAt,
                ingestedAt,
                null,
                1,
                null,
                null,
                null));
    }

    Deliveries replayed(String replayId) {
        return new Deliveries(new LaneHeaders(
                event.eventId(),
                event.eventType(),
                event.name(),
                event.topic(),
                event.priority(),
                event.occurredAt(),
                event.ingestedAt(),
                null,
                1,
                null,
                replayId,
                null));
    }

    ProducerRecord<byte[], byte[]> lane() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Lane.of(event.priority()).topic(), null, "{}".getBytes(StandardCharsets.UTF_8));
        event.writeTo(record.headers());
        return record;
    }

    ProducerRecord<byte[], byte[]> unmatched() {
        return written(DeliveryRecord.unmatched(event, event.ingestedAt().plusMillis(5)));
    }

    /** The outcome of a request, a tenth of a second after the event. */
    ProducerRecord<byte[], byte[]> outcome(String target, DeliveryKind kind, int attempt, int matched) {
        return outcome(
                target, kind, attempt, attempt, matched, event.ingestedAt().plusMillis(100));
    }

    ProducerRecord<byte[], byte[]> outcome(
            String target, DeliveryKind kind, int attempt, int request, int matched, Instant at) {
        return written(new DeliveryRecord(
                kind,
                event.eventId().value(),
                event.eventType(),
                event.name(),
                event.topic(),
                event.priority(),
                event.replayId(),
                event.ingestedAt(),
                target,
                "http://127.0.0.1/" + target,
                attempt,
                request,
                matched,
                kind == DeliveryKind.DELIVERED ? Integer.valueOf(200) : null,
                null,
                null,
                null,
                null,
                at,
                null));
    }

    private static ProducerRecord<byte[], byte[]> written(DeliveryRecord record) {
        return new ProducerRecord<>(
                Topics.DELIVERIES, record.eventId().getBytes(StandardCharsets.UTF_8), record.toJson());
    }
}
