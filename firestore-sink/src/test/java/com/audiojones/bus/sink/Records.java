package com.audiojones.bus.sink;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as the bus writes them. */
final class Records {

    static final Instant TIME = Instant.parse("2026-11-21T10:30:00.123Z");
    static final String BODY = "{\"event_id\":\"evt_1\",\"payload\":{\"n\":9007199254740993},\"metadata\":{}}";
    static final String LANE = "bus.lane.standard";

    private Records() {}

    static LaneHeaders headers(String eventId) {
        return new LaneHeaders(
                new EventId(eventId),
                "user.login",
                "audit.user.login",
                "audit.user",
                Priority.P1,
                TIME.minusMillis(7),
                TIME,
                TIME.plusSeconds(3600),
                1,
                null,
                null,
                null);
    }

    static DeadLetterHeaders letter() {
        return new DeadLetterHeaders(
                "t1", "https://example.com/hook", 3, DeadLetterReason.MAX_ATTEMPTS, 500, "got 500", 12, TIME);
    }

    static ProducerRecord<byte[], byte[]> lane(String eventId) {
        return lane(headers(eventId), BODY);
    }

    static ProducerRecord<byte[], byte[]> lane(LaneHeaders headers, @Nullable String body) {
        ProducerRecord<byte[], byte[]> record = record(LANE, body);
        headers.writeTo(record.headers());
        return record;
    }

    static ProducerRecord<byte[], byte[]> delivery(DeliveryRecord delivery) {
        return record(Topics.DELIVERIES, new String(delivery.toJson(), StandardCharsets.UTF_8));
    }

    static ProducerRecord<byte[], byte[]> deadLetter(LaneHeaders headers) {
        ProducerRecord<byte[], byte[]> record = record(Topics.DEAD_LETTERS, BODY);
        headers.writeTo(record.headers());
        letter().writeTo(record.headers());
        return record;
    }

    /** A status of three targets: two were reached, one was not. */
    static ProducerRecord<byte[], byte[]> status(String eventId, @Nullable String replayId) {
        return new ProducerRecord<>(
                Topics.EVENT_STATUS,
                EventStatus.key(eventId, replayId).getBytes(StandardCharsets.UTF_8),
                new EventStatus(eventId, replayId, 3, 2, 1).toJson());
    }

    /** A bucket with as many routed events. */
    static ProducerRecord<byte[], byte[]> bucket(long routed) {
        StatsKey key = StatsKey.events(Instant.EPOCH, false, "audit.user", "login", Priority.P1);
        return new ProducerRecord<>(
                Topics.STATS,
                key.text().getBytes(StandardCharsets.UTF_8),
                new StatsBucket(key, Counts.of(Map.of(Measure.ROUTED, routed)), null).toJson());
    }

    static ProducerRecord<byte[], byte[]> removedBucket() {
        return new ProducerRecord<>(Topics.STATS, bucket(0).key(), null);
    }

    static ProducerRecord<byte[], byte[]> record(String topic, @Nullable String value) {
        return new ProducerRecord<>(topic, null, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    static DeliveryRecord delivered(String eventId, @Nullable String targetId) {
        return new DeliveryRecord(
                DeliveryKind.DELIVERED,
                eventId,
                "user.login",
                "audit.user.login",
                "audit.user",
                Priority.P1,
                null,
                TIME,
                targetId,
                "https://example.com/hook",
                1,
                1,
                1,
                200,
                null,
                null,
                12L,
                null,
                TIME.plusMillis(40),
                null);
    }

    /** {@return a record as a consumer gets it, from partition 1, offset 7} */
    static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                1,
                7,
                TIME.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers().toArray()),
                Optional.empty());
    }
}
