package com.audiojones.bus.testkit.store;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoredDelivery;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a target lacks in the writes themselves, the slow and obvious way. */
final class FailureRecount {

    /** One delivery of an event to a target; an empty replay is the original. */
    private record Delivery(String eventId, String targetId, String replayId) {}

    private record Request(Delivery delivery, int number) {}

    private final Map<Delivery, Instant> letters = new HashMap<>();
    private final Map<Request, Instant> successes = new HashMap<>();

    void add(DeadLetterWrite write) {
        Delivery delivery = delivery(
                write.letter().eventId(),
                write.letter().targetId(),
                write.letter().replayId());
        letters.merge(delivery, write.letter().timestamp(), earlier());
    }

    void add(StoredDelivery record) {
        String target = record.targetId();
        if (record.kind() == DeliveryKind.DELIVERED && target != null) {
            Delivery delivery = delivery(record.eventId(), target, record.replayId());
            successes.merge(new Request(delivery, record.requestNo()), record.timestamp(), earlier());
        }
    }

    /** By event id. */
    Stream<String> failed(Failures which) {
        return letters.entrySet().stream()
                .filter(letter -> letter.getKey().targetId().equals(which.targetId()))
                .filter(letter -> !letter.getValue().isBefore(which.since())
                        && !letter.getValue().isAfter(which.until()))
                .filter(letter -> successes.entrySet().stream()
                        .noneMatch(success -> settles(
                                success.getKey().delivery(), success.getValue(), letter.getKey(), letter.getValue())))
                .map(letter -> letter.getKey().eventId())
                .distinct()
                .sorted();
    }

    private static boolean settles(Delivery delivered, Instant deliveredAt, Delivery failed, Instant failedAt) {
        return delivered.eventId().equals(failed.eventId())
                && delivered.targetId().equals(failed.targetId())
                && (!deliveredAt.isBefore(failedAt) || delivered.replayId().equals(failed.replayId()));
    }

    private static Delivery delivery(String eventId, String targetId, @Nullable String replayId) {
        return new Delivery(eventId, targetId, replayId == null ? "" : replayId);
    }

    private static BinaryOperator<Instant> earlier() {
        return (one, other) -> one.isBefore(other) ? one : other;
    }
}
