package com.audiojones.bus.sink;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.topic.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of records. Depends on the record alone, so a record read twice gives the same document. What it lets
 * through, every store and every reader of the store can take.
 */
final class DocumentMapper {

    static final String STAGE = "sink";

    /** A document keeps this much of a quarantined value; {@code bus.quarantine} has the whole. */
    static final int MAX_QUARANTINED_BYTES = 64 * 1024;

    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private DocumentMapper() {}

    /** {@return what a record of a lane, of the deliveries, dead letters, quarantine, status or statistics comes to} */
    static Mapping map(ConsumerRecord<byte[], byte[]> record) {
        try {
            return switch (record.topic()) {
                case Topics.DELIVERIES -> new Mapping.Document(delivery(record));
                case Topics.DEAD_LETTERS -> new Mapping.Document(deadLetter(record));
                case Topics.QUARANTINE -> new Mapping.Document(quarantined(record));
                case Topics.EVENT_STATUS -> status(record);
                case Topics.STATS -> bucket(record);
                default -> event(record);
            };
        } catch (InvalidRecordException e) {
            return new Mapping.Unusable(e.reason());
        }
    }

    private static Mapping status(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        if (record.value() == null) {
            return new Mapping.Nothing("status-removed");
        }
        EventStatus status = EventStatus.fromJson(record.value());
        checkEventId(status.eventId());
        return status.replayId() == null
                ? new Mapping.Document(new StatusWrite(status))
                : new Mapping.Nothing("replay");
    }

    private static Mapping bucket(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        return record.value() == null
                ? new Mapping.Nothing("stats-removed")
                : new Mapping.Document(new StatsWrite(StatsBucket.fromJson(record.value())));
    }

    private static Mapping event(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        LaneHeaders headers = lane(record);
        if (headers.replayId() != null) {
            return new Mapping.Nothing("replay");
        }
        return new Mapping.Document(new EventWrite(headers, BodyText.of(record.value())));
    }

    private static StoreWrite delivery(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        DeliveryRecord delivery = DeliveryRecord.fromJson(record.value());
        checkEventId(delivery.eventId());
        if (delivery.targetId() == null && delivery.kind() != DeliveryKind.UNMATCHED) {
            throw new InvalidRecordException("target_id: expected the target that the "
                    + delivery.kind().label() + " record is about, got nothing");
        }
        checkTime("timestamp", delivery.timestamp());
        checkTime("ingested_at", delivery.ingestedAt());
        checkTime("next_attempt_at", delivery.nextAttemptAt());
        return new DeliveryWrite(StoredDelivery.of(delivery));
    }

    private static StoreWrite deadLetter(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        DeadLetterHeaders letter = DeadLetterHeaders.read(record.headers());
        return new DeadLetterWrite(StoredDeadLetter.of(lane(record), letter), BodyText.of(record.value()));
    }

    /** Always gives a document: to quarantine a quarantine record would go in circles. */
    private static StoreWrite quarantined(ConsumerRecord<byte[], byte[]> record) {
        return new QuarantineWrite(
                origin(record),
                record.key() == null ? null : Base64.getEncoder().encodeToString(record.key()),
                Base64.getEncoder().encodeToString(beginning(record.value())),
                Instant.ofEpochMilli(record.timestamp()));
    }

    private static QuarantineRecord origin(ConsumerRecord<byte[], byte[]> record) {
        try {
            return QuarantineRecord.read(record.headers());
        } catch (InvalidRecordException e) {
            return QuarantineRecord.describing(record, STAGE, e.reason());
        }
    }

    private static byte[] beginning(byte @Nullable [] value) {
        if (value == null) {
            return new byte[0];
        }
        return value.length <= MAX_QUARANTINED_BYTES ? value : Arrays.copyOf(value, MAX_QUARANTINED_BYTES);
    }

    private static LaneHeaders lane(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        LaneHeaders headers = LaneHeaders.read(record.headers());
        checkTime("header occurred-at", headers.occurredAt());
        checkTime("header ingested-at", headers.ingestedAt());
        checkTime("header expires-at", headers.expiresAt());
        return headers;
    }

    private static void checkEventId(String text) throws InvalidRecordException {
        if (!EventId.isValid(text)) {
            throw new InvalidRecordException("event_id: expected an event id, got '" + text + "'");
        }
    }

    private static void checkTime(String field, @Nullable Instant time) throws InvalidRecordException {
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME))) {
            throw new InvalidRecordException(field + ": expected a time from 1970 to 9999, got " + time);
        }
    }
}
