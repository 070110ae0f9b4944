package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the records that settle a pair of event and target. Pure. */
final class Outcomes {

    private Outcomes() {}

    static ProducerRecord<byte[], byte[]> unmatched(LaneHeaders event, Instant now) {
        return delivery(DeliveryRecord.unmatched(event, now));
    }

    /** The delivery record, and for a pair that is given up the dead letter too. */
    static List<ProducerRecord<byte[], byte[]>> of(
            LaneEvent event, TargetRoute route, int matched, DeliveryResult result, Instant now) {
        return switch (result) {
            case DeliveryResult.Delivered delivered ->
                List.of(delivery(record(DeliveryKind.DELIVERED, event.headers(), route, matched, delivered, now)));
            case DeliveryResult.Failed failed ->
                List.of(
                        deadLetter(event, route, failed, now),
                        delivery(record(DeliveryKind.DEAD_LETTERED, event.headers(), route, matched, failed, now)));
        };
    }

    private static DeliveryRecord record(
            DeliveryKind kind, LaneHeaders event, TargetRoute route, int matched, DeliveryResult result, Instant now) {
        DeliveryResult.@Nullable Failed failed = result instanceof DeliveryResult.Failed f ? f : null;
        return new DeliveryRecord(
                kind,
                event.eventId().value(),
                event.eventType(),
                event.name(),
                event.topic(),
                event.priority(),
                event.replayId(),
                event.ingestedAt(),
                route.target().id(),
                route.target().url(),
                1,
                1,
                matched,
                result.status(),
                failed == null ? null : failed.error(),
                failed == null ? null : failed.message(),
                result.tookMillis(),
                result.excerpt(),
                now,
                null);
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            LaneEvent event, TargetRoute route, DeliveryResult.Failed failed, Instant now) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, key(event.headers()), event.body());
        event.headers().writeTo(record.headers());
        new DeadLetterHeaders(
                        route.target().id(),
                        route.target().url(),
                        1,
                        failed.reason(),
                        failed.status(),
                        failed.message(),
                        failed.tookMillis(),
                        now)
                .writeTo(record.headers());
        return record;
    }

    private static ProducerRecord<byte[], byte[]> delivery(DeliveryRecord record) {
        byte[] key = record.eventId().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topics.DELIVERIES, null, key, record.toJson());
    }

    private static byte[] key(LaneHeaders event) {
        return event.eventId().value().getBytes(StandardCharsets.UTF_8);
    }
}
