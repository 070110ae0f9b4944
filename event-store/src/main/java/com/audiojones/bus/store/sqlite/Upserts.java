package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Session.millis;

import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one transaction. Of two writes to one document the one that happened first holds: a minimum, so neither
 * order nor repetition changes what they come to. Of counters and buckets the last written hold. Rows are put by kind, so
 * that each kind is one batch of one statement; an event whose counters are among the writes is inserted with them, since
 * setting them later would write its body once more.
 */
final class Upserts {

    private static final String INSERT_EVENT = """
            INSERT INTO events (event_id, event_type, name, topic, priority, created_at, occurred_at, expires_at,
                sample_rate, traceparent, only_target, body, source""";

    private static final String EVENT_WITH_COUNTERS = INSERT_EVENT + """
            , dispatched_to, delivery_success, delivery_failed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING""";

    private static final String EVENT = INSERT_EVENT + """
            )
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (event_id) DO UPDATE SET event_type = excluded.event_type, name = excluded.name,
                topic = excluded.topic, priority = excluded.priority, created_at = excluded.created_at,
                occurred_at = excluded.occurred_at, expires_at = excluded.expires_at,
                sample_rate = excluded.sample_rate, traceparent = excluded.traceparent,
                only_target = excluded.only_target, body = excluded.body, source = excluded.source
            WHERE created_at IS NULL OR (excluded.created_at, excluded.body) < (created_at, body)""";

    private static final String STATUS = """
            INSERT INTO events (event_id, dispatched_to, delivery_success, delivery_failed) VALUES (?, ?, ?, ?)
            ON CONFLICT (event_id) DO UPDATE SET dispatched_to = excluded.dispatched_to,
                delivery_success = excluded.delivery_success, delivery_failed = excluded.delivery_failed""";

    private static final String UNKNOWN_YET = " WHERE dispatched_to IS NULL";

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
    private final boolean ofACopy;

    /** @param ofACopy whether counters, buckets and replays that are there are newer than these */
    Upserts(Session session, boolean ofACopy) {
        this.session = session;
        this.ofACopy = ofACopy;
    }

    void putAll(List<StoreWrite> writes) throws SQLException {
        Map<String, EventStatus> counters = counters(writes);
        List<Counted> counted = new ArrayList<>();
        RowBatches rows = new RowBatches();
        for (StoreWrite write : writes) {
            switch (write) {
                case EventWrite event -> {
                    EventStatus status = counters.get(id(event));
                    if (status == null) {
                        rows.add(EVENT, row(event));
                    } else {
                        counted.add(new Counted(event, status));
                    }
                }
                case DeliveryWrite delivery -> rows.add(DELIVERY, row(delivery.delivery()));
                case DeadLetterWrite deadLetter -> rows.add(DEAD_LETTER, row(deadLetter));
                case QuarantineWrite quarantine -> rows.add(QUARANTINE, row(quarantine));
                case StatusWrite _ -> {}
                case ReplayWrite replay -> rows.add(ReplayRows.put(ofACopy), ReplayRows.row(replay.replay()));
                case StatsWrite stats -> rows.add(StatsBuckets.put(ofACopy), StatsBuckets.row(stats.bucket()));
            }
        }
        for (Counted known : insertNew(counted, counters)) {
            rows.add(EVENT, row(known.event()));
        }
        counters.values().forEach(status -> rows.add(ofACopy ? STATUS + UNKNOWN_YET : STATUS, row(status)));
        rows.putInto(session);
    }

    /** The last counters of each event. */
    private static Map<String, EventStatus> counters(List<StoreWrite> writes) {
        Map<String, EventStatus> counters = new LinkedHashMap<>();
        for (StoreWrite write : writes) {
            if (write instanceof StatusWrite(EventStatus status)) {
                counters.put(status.eventId(), status);
            }
        }
        return counters;
    }

    /** An event and its counters. */
    private record Counted(EventWrite event, EventStatus status) {}

    /**
     * Inserts those that are new, whose counters are done with then.
     *
     * @return those that are there already
     */
    private List<Counted> insertNew(List<Counted> events, Map<String, EventStatus> counters) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Counted each : events) {
            @Nullable Object[] event = row(each.event());
            @Nullable Object[] status = row(each.status());
            @Nullable Object[] row = Arrays.copyOf(event, event.length + status.length - 1);
            System.arraycopy(status, 1, row, event.length, status.length - 1);
            rows.add(row);
        }
        int[] inserted = session.updateAll(EVENT_WITH_COUNTERS, rows);
        List<Counted> there = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            Counted each = events.get(i);
            if (inserted[i] == 0) {
                there.add(each);
            } else {
                counters.remove(id(each.event()));
            }
        }
        return there;
    }

    private static String id(EventWrite event) {
        return event.headers().eventId().value();
    }

    private static @Nullable Object[] row(EventWrite write) {
        LaneHeaders headers = write.headers();
        return new @Nullable Object[] {
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
            write.body(),
            EventSource.of(write.body())
        };
    }

    private static @Nullable Object[] row(EventStatus status) {
        return new @Nullable Object[] {
            status.eventId(), status.dispatchedTo(), status.deliverySuccess(), status.deliveryFailed()
        };
    }

    private static @Nullable Object[] row(StoredDelivery record) {
        return new @Nullable Object[] {
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
            record.responseExcerpt()
        };
    }

    private static @Nullable Object[] row(DeadLetterWrite write) {
        StoredDeadLetter letter = write.letter();
        return new @Nullable Object[] {
            letter.eventId(),
            letter.targetId(),
            orEmpty(letter.replayId()),
            millis(letter.timestamp()),
            letter.attempts(),
            letter.reason().name(),
            letter.lastError(),
            letter.lastStatus(),
            letter.url(),
            letter.eventType(),
            write.body()
        };
    }

    private static @Nullable Object[] row(QuarantineWrite write) {
        return new @Nullable Object[] {
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
            write.valueBase64()
        };
    }

    /** An id part that is missing, as the unique constraints need it. */
    private static String orEmpty(@Nullable String idPart) {
        return idPart == null ? "" : idPart;
    }
}
