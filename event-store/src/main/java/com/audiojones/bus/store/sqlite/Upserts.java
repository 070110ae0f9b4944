package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one transaction. Of two writes to one document the one that happened first holds: a minimum, so neither
 * order nor repetition changes what they come to. Of counters and buckets the last written hold.
 */
final class Upserts {

    private static final String EVENT = """
            INSERT INTO events (event_id, event_type, name, topic, priority, created_at, occurred_at, expires_at,
                sample_rate, traceparent, only_target, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (event_id) DO UPDATE SET event_type = excluded.event_type, name = excluded.name,
                topic = excluded.topic, priority = excluded.priority, created_at = excluded.created_at,
                occurred_at = excluded.occurred_at, expires_at = excluded.expires_at,
                sample_rate = excluded.sample_rate, traceparent = excluded.traceparent,
                only_target = excluded.only_target, body = excluded.body
            WHERE created_at IS NULL OR (excluded.created_at, excluded.body) < (created_at, body)""";

    private static final String STATUS = """
            INSERT INTO events (event_id, dispatched_to, delivery_success, delivery_failed) VALUES (?, ?, ?, ?)
            ON CONFLICT (event_id) DO UPDATE SET dispatched_to = excluded.dispatched_to,
                delivery_success = excluded.delivery_success, delivery_failed = excluded.delivery_failed""";

    private static final String DELIVERY = """
            INSERT INTO status_webhook_deliveries (event_id, target_id, replay_id, outcome, request_no, attempt, matched,
                url, status, timestamp, response_time_ms, error, error_message, next_attempt_at, response_excerpt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET attempt = excluded.attempt, matched = excluded.matched, url = excluded.url,
                status = excluded.status, timestamp = excluded.timestamp, response_time_ms = excluded.response_time_ms,
                error = excluded.error, error_message = excluded.error_message,
                next_attempt_at = excluded.next_attempt_at, response_excerpt = excluded.response_excerpt
            WHERE excluded.timestamp < timestamp""";

    private static final String DEAD_LETTER = """
            INSERT INTO dead_letters (event_id, target_id, replay_id, timestamp, attempts, reason, last_error, last_status,
                url, event_type, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET timestamp = excluded.timestamp, attempts = excluded.attempts,
                reason = excluded.reason, last_error = excluded.last_error, last_status = excluded.last_status,
                url = excluded.url, event_type = excluded.event_type, event = excluded.event
            WHERE excluded.timestamp < timestamp""";

    private static final String QUARANTINE = """
            INSERT INTO quarantine (topic, "partition", "offset", timestamp, stage, reason, appended_at, value_bytes,
                value_sha256, key_base64, value_base64)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET timestamp = excluded.timestamp, stage = excluded.stage, reason = excluded.reason,
                appended_at = excluded.appended_at, value_bytes = excluded.value_bytes,
                value_sha256 = excluded.value_sha256, key_base64 = excluded.key_base64,
                value_base64 = excluded.value_base64
            WHERE excluded.timestamp < timestamp""";

    private final Session session;

    Upserts(Session session) {
        this.session = session;
    }

    void put(StoreWrite write) throws SQLException {
        switch (write) {
            case EventWrite event -> put(event);
            case DeliveryWrite delivery -> put(delivery.delivery());
            case DeadLetterWrite deadLetter -> put(deadLetter);
            case QuarantineWrite quarantine -> put(quarantine);
            case StatusWrite status -> put(status.status());
            case StatsWrite stats -> new StatsBuckets(session).put(stats.bucket());
        }
    }

    private void put(EventWrite write) throws SQLException {
        LaneHeaders headers = write.headers();
        session.update(
                EVENT,
                headers.eventId().value(),
                headers.eventType(),
                headers.name(),
                headers.topic(),
                headers.priority().name(),
                millis(headers.ingestedAt()),
                millis(headers.occurredAt()),
                millis(headers.expiresAt()),
                headers.sampleRate(),
                headers.traceparent(),
                headers.onlyTarget(),
                write.body());
    }

    private void put(EventStatus status) throws SQLException {
        session.update(
                STATUS, status.eventId(), status.dispatchedTo(), status.deliverySuccess(), status.deliveryFailed());
    }

    private void put(DeliveryRecord record) throws SQLException {
        session.update(
                DELIVERY,
                record.eventId(),
                orEmpty(record.targetId()),
                orEmpty(record.replayId()),
                record.kind().label(),
                record.requestNo(),
                record.attempt(),
                record.matched(),
                record.url(),
                record.status(),
                millis(record.timestamp()),
                record.responseTimeMs(),
                record.error(),
                record.errorMessage(),
                millis(record.nextAttemptAt()),
                record.responseExcerpt());
    }

    private void put(DeadLetterWrite write) throws SQLException {
        session.update(
                DEAD_LETTER,
                write.event().eventId().value(),
                write.letter().targetId(),
                orEmpty(write.event().replayId()),
                millis(write.letter().failedAt()),
                write.letter().attempts(),
                write.letter().reason().name(),
                write.letter().lastError(),
                write.letter().lastStatus(),
                write.letter().url(),
                write.event().eventType(),
                write.body());
    }

    private void put(QuarantineWrite write) throws SQLException {
        session.update(
                QUARANTINE,
                write.record().topic(),
                write.record().partition(),
                write.record().offset(),
                millis(write.at()),
                write.record().stage(),
                write.record().reason(),
                write.record().timestampMillis(),
                write.record().valueBytes(),
                write.record().valueSha256(),
                write.keyBase64(),
                write.valueBase64());
    }

    /** An id part that is missing, as the unique constraints need it. */
    private static String orEmpty(@Nullable String idPart) {
        return idPart == null ? "" : idPart;
    }
}
