package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.kafka.HeaderWriter;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the records that make up the outcome of a pair of event and target. Pure. */
final class Outcomes {

    /** Stands for the URL of a target that is not there any more. */
    private static final String NO_URL = "(removed)";

    private Outcomes() {}

    static ProducerRecord<byte[], byte[]> unmatched(LaneHeaders event, Instant now) {
        return delivery(DeliveryRecord.unmatched(event, now));
    }

    /** A request that brought the event to the target. */
    static ProducerRecord<byte[], byte[]> delivered(
            Pair pair, TargetRoute route, DeliveryResult.Delivered result, Instant now) {
        return delivery(record(DeliveryKind.DELIVERED, pair, route, result, now, null));
    }

    /** A request that failed; the pair goes on, at {@code next} where that is known. */
    static ProducerRecord<byte[], byte[]> attemptFailed(
            Pair pair, TargetRoute route, DeliveryResult.Failed result, Instant now, @Nullable Instant next) {
        return delivery(record(DeliveryKind.ATTEMPT_FAILED, pair, route, result, now, next));
    }

    /** A pair that waits for its target from now on. */
    static ProducerRecord<byte[], byte[]> parked(Pair pair, TargetRoute route, String why, Instant now, Instant next) {
        return delivery(record(DeliveryKind.PARKED, pair, route, null, why, now, next));
    }

    /** The end of a pair: the dead letter where one is due, and the delivery record. */
    static List<ProducerRecord<byte[], byte[]>> ended(
            Pair pair,
            @Nullable TargetRoute route,
            Verdict.End end,
            DeliveryResult.@Nullable Failed last,
            Instant now) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        DeadLetterReason reason = end.reason();
        if (reason != null) {
            records.add(deadLetter(pair, route, reason, now));
        }
        String message = reason == null ? "expired before a first attempt" : sentence(reason);
        records.add(delivery(
                last == null
                        ? record(end.kind(), pair, route, null, message, now, null)
                        : record(end.kind(), pair, route, last, now, null)));
        return records;
    }

    /** The pair as a record of a retry topic. */
    static ProducerRecord<byte[], byte[]> retry(Pair pair, String topic, Instant notBefore) {
        ProducerRecord<byte[], byte[]> record = copy(pair, topic);
        pair.due(notBefore).writeTo(record.headers());
        return record;
    }

    private static ProducerRecord<byte[], byte[]> copy(Pair pair, String topic) {
        LaneEvent event = pair.event();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, key(event.id()), event.body());
        event.headers().writeTo(record.headers());
        new HeaderWriter(record.headers()).put(LaneEvent.ORIGINAL_KEY, event.key());
        return record;
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            Pair pair, @Nullable TargetRoute route, DeadLetterReason reason, Instant now) {
        ProducerRecord<byte[], byte[]> record = copy(pair, Topics.DEAD_LETTERS);
        PairHeaders headers = pair.headers();
        LastFailure failure = headers.lastFailure();
        pair.due(now).writeTo(record.headers());
        new DeadLetterHeaders(
                        headers.targetId(),
                        route == null ? NO_URL : route.target().url(),
                        headers.attempts(),
                        reason,
                        failure == null ? null : failure.status(),
                        failure == null ? sentence(reason) : failure.message(),
                        failure == null ? 0 : failure.latencyMillis(),
                        now)
                .writeTo(record.headers());
        return record;
    }

    private static String sentence(DeadLetterReason reason) {
        return switch (reason) {
            case MAX_ATTEMPTS -> "every attempt failed";
            case TARGET_REMOVED -> "the target was removed";
            case TARGET_DISABLED -> "the target is disabled";
            case TARGET_PAUSED -> "the target is paused";
            case EXPIRED -> "the event's time to live ran out";
            case TOO_LARGE -> "the record is too large to be moved on";
            case BLOCKED_ADDRESS -> "the target's address may not be dialled";
            case ABORTED_BY_RECEIVER -> "the receiver asked not to be tried again";
        };
    }

    private static DeliveryRecord record(
            DeliveryKind kind,
            Pair pair,
            @Nullable TargetRoute route,
            DeliveryResult result,
            Instant now,
            @Nullable Instant next) {
        DeliveryResult.@Nullable Failed failed = result instanceof DeliveryResult.Failed f ? f : null;
        return record(kind, pair, route, result, failed == null ? null : failed.message(), now, next);
    }

    private static DeliveryRecord record(
            DeliveryKind kind,
            Pair pair,
            @Nullable TargetRoute route,
            @Nullable DeliveryResult result,
            @Nullable String message,
            Instant now,
            @Nullable Instant next) {
        LaneHeaders event = pair.event().headers();
        PairHeaders headers = pair.headers();
        return new DeliveryRecord(
                kind,
                event.eventId().value(),
                event.eventType(),
                event.name(),
                event.topic(),
                event.priority(),
                event.replayId(),
                event.ingestedAt(),
                headers.targetId(),
                route == null ? null : route.target().url(),
                headers.attempts(),
                headers.requests(),
                headers.matched(),
                result == null ? null : result.status(),
                result instanceof DeliveryResult.Failed failed ? failed.error() : null,
                message,
                result == null ? null : result.timing().total().toMillis(),
                result == null ? null : result.excerpt(),
                now,
                next);
    }

    private static ProducerRecord<byte[], byte[]> delivery(DeliveryRecord record) {
        return new ProducerRecord<>(Topics.DELIVERIES, null, key(record.eventId()), record.toJson());
    }

    private static byte[] key(String eventId) {
        return eventId.getBytes(StandardCharsets.UTF_8);
    }
}
