package com.audiojones.bus.store.firestore;

import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredReplay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Makes documents of what the bus mirrors. Depends on the write alone, so a write done twice gives the same document. */
final class FirestoreDocuments {

    static final String EVENTS = "aj_event_bus";
    static final String DELIVERIES = "status_webhook_deliveries";
    static final String DEAD_LETTERS = "dead_letters";
    static final String QUARANTINE = "quarantine";
    static final String STATS = "bus_stats";
    static final String REPLAYS = "bus_replays";
    static final String TARGETS = "status_webhook_targets";

    static final String EXPIRE_AT = "expire_at";

    private static final List<String> FIRST_EVENT = List.of("created_at", "body");
    private static final List<String> FIRST = List.of("timestamp");
    private static final List<String> LAST = List.of();

    private final int shards;
    private final Duration retention;

    /**
     * @param shards into how many parts events are divided
     * @param retention how long after its time a document expires
     */
    FirestoreDocuments(int shards, Duration retention) {
        this.shards = shards;
        this.retention = retention;
    }

    FirestoreDocument of(StoreWrite write) {
        return switch (write) {
            case EventWrite event -> event(event.headers(), event.body());
            case StatusWrite status -> status(status.status());
            case DeliveryWrite delivery -> delivery(delivery.delivery());
            case DeadLetterWrite letter -> deadLetter(letter);
            case QuarantineWrite quarantined -> quarantined(quarantined);
            case ReplayWrite replay -> replay(replay.replay());
            case StatsWrite stats -> bucket(stats.bucket());
        };
    }

    private FirestoreDocument event(LaneHeaders headers, String body) {
        String id = DocumentIds.of(headers.eventId().value());
        BodyFields parts = BodyFields.of(body);
        Values values = new Values()
                .text("event_id", headers.eventId().value())
                .text("event_type", headers.eventType())
                .time("created_at", headers.ingestedAt())
                .text("name", headers.name())
                .text("topic", headers.topic())
                .text("priority", headers.priority().name())
                .text("lane", Lane.of(headers.priority()).label())
                .time("occurred_at", headers.occurredAt())
                .time("expires_at", headers.expiresAt())
                .decimal("sample_rate", headers.sampleRate())
                .text("traceparent", headers.traceparent())
                .text("only_target", headers.onlyTarget())
                .value("names", EventNames.tokens(headers.name(), headers.eventType()))
                .text("body", body)
                .number("shard", DocumentIds.shard(id, shards));
        parts.writeTo(values);
        return expiring(EVENTS, id, values, headers.ingestedAt(), FIRST_EVENT);
    }

    private static FirestoreDocument status(EventStatus status) {
        Values values = new Values()
                .text("event_id", status.eventId())
                .number("dispatched_to", status.dispatchedTo())
                .number("delivery_success", status.deliverySuccess())
                .number("delivery_failed", status.deliveryFailed())
                .text(
                        "state",
                        EventState.of(status.dispatchedTo(), status.deliverySuccess(), status.deliveryFailed())
                                .label());
        return new FirestoreDocument(EVENTS, DocumentIds.of(status.eventId()), values.fields(), LAST);
    }

    private FirestoreDocument delivery(StoredDelivery record) {
        String outcome = record.kind().label();
        String id = DocumentIds.of(record.eventId(), record.targetId(), record.replayId(), outcome, record.requestNo());
        Values values = new Values()
                .text("event_id", record.eventId())
                .text("url", record.url())
                .number("status", record.status())
                .time("timestamp", record.timestamp())
                .number("response_time_ms", record.responseTimeMs())
                .text("target_id", record.targetId())
                .text("replay_id", record.replayId())
                .text("outcome", outcome)
                .number("request_no", record.requestNo())
                .number("attempt", record.attempt())
                .number("matched", record.matched())
                .text("error", record.error())
                .text("error_message", record.errorMessage())
                .time("next_attempt_at", record.nextAttemptAt())
                .text("response_excerpt", record.responseExcerpt());
        return expiring(DELIVERIES, id, values, record.timestamp(), FIRST);
    }

    private FirestoreDocument deadLetter(DeadLetterWrite write) {
        StoredDeadLetter letter = write.letter();
        Values values = new Values()
                .text("event_id", letter.eventId())
                .number("attempts", letter.attempts())
                .text("last_error", letter.lastError())
                .time("timestamp", letter.timestamp())
                .text("target_id", letter.targetId())
                .text("replay_id", letter.replayId())
                .text("event_type", letter.eventType())
                .text("url", letter.url())
                .text("reason", letter.reason().name().toLowerCase(Locale.ROOT))
                .number("last_status", letter.lastStatus())
                .text("body", write.body());
        BodyFields.writeWhole(write.body(), values);
        return expiring(
                DEAD_LETTERS,
                DocumentIds.of(letter.eventId(), letter.targetId(), letter.replayId()),
                values,
                letter.timestamp(),
                FIRST);
    }

    private FirestoreDocument quarantined(QuarantineWrite write) {
        Values values = new Values()
                .text("topic", write.record().topic())
                .number("partition", write.record().partition())
                .number("offset", write.record().offset())
                .time("timestamp", write.at())
                .text("stage", write.record().stage())
                .text("reason", write.record().reason())
                .time("appended_at", Instant.ofEpochMilli(write.record().timestampMillis()))
                .number("value_bytes", write.record().valueBytes())
                .text("value_sha256", write.record().valueSha256())
                .text("key_base64", write.keyBase64())
                .text("value_base64", write.valueBase64());
        String id = DocumentIds.of(
                write.record().topic(),
                write.record().partition(),
                write.record().offset());
        return expiring(QUARANTINE, id, values, write.at(), FIRST);
    }

    private FirestoreDocument replay(StoredReplay replay) {
        Values values = new Values()
                .text("replay_id", replay.id())
                .text("event_id", replay.eventId())
                .text("target_id", replay.targetId())
                .time("failed_since", replay.failedSince())
                .text("state", replay.state().name().toLowerCase(Locale.ROOT))
                .number("written", replay.written())
                .number("total", replay.total())
                .time("started_at", replay.startedAt())
                .time("changed_at", replay.changedAt())
                .text("problem", replay.problem());
        return expiring(REPLAYS, DocumentIds.of(replay.id()), values, replay.startedAt(), LAST);
    }

    private FirestoreDocument bucket(StatsBucket bucket) {
        StatsKey key = bucket.key();
        Values values = new Values()
                .time("minute", key.minute())
                .flag("replay", key.replay())
                .text("topic", key.topic())
                .text("type", key.type())
                .text("priority", key.priority() == null ? null : key.priority().name())
                .text("target_id", key.target())
                .bytes(
                        "latency",
                        bucket.latency() == null ? null : bucket.latency().toBytes());
        for (Measure measure : Measure.values()) {
            values.number(measure.label(), bucket.counts().get(measure));
        }
        return expiring(STATS, DocumentIds.of(key.text()), values, key.minute(), LAST);
    }

    private FirestoreDocument expiring(String collection, String id, Values values, Instant at, List<String> order) {
        values.moment(EXPIRE_AT, at.plus(retention));
        return new FirestoreDocument(collection, id, values.fields(), order);
    }
}
