package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.EventName;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Lane records as the router writes them. */
final class LaneRecords {

    private LaneRecords() {}

    static ProducerRecord<byte[], byte[]> of(String id, String type, Priority priority, @Nullable String key) {
        return of(id, type, priority, key, null, null);
    }

    static ProducerRecord<byte[], byte[]> of(
            String id,
            String type,
            Priority priority,
            @Nullable String key,
            @Nullable Instant expiresAt,
            @Nullable String onlyTarget) {
        String topic = Topics.forType(type);
        Instant now = Instant.now();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Lane.of(priority).topic(),
                null,
                key == null ? null : key.getBytes(UTF_8),
                ("{\"event_id\":\"" + id + "\",\"event_type\":\"" + type + "\",\"payload\":{},\"metadata\":{}}")
                        .getBytes(UTF_8));
        new LaneHeaders(
                        new EventId(id),
                        type,
                        EventName.of(Topics.family(topic).orElseThrow(), topic, type),
                        topic,
                        priority,
                        now,
                        now,
                        expiresAt,
                        1,
                        null,
                        null,
                        onlyTarget)
                .writeTo(record.headers());
        return record;
    }
}
