package com.audiojones.bus.launcher;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.LaneHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Publishes plain JSON; a record counts as accepted when its future says so. */
final class TestPublisher implements AutoCloseable {

    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final Producer<byte[], byte[]> compressing;

    TestPublisher(String bootstrapServers) {
        KafkaSettings kafka = new KafkaSettings(bootstrapServers, Map.of());
        this.producer = new KafkaProducer<>(kafka.producer("test-publisher"));
        Map<String, Object> config = kafka.producer("test-compressing-publisher");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        this.compressing = new KafkaProducer<>(config);
    }

    Future<RecordMetadata> publish(String topic, String json) {
        return producer.send(new ProducerRecord<>(topic, json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A record with a lane's headers, as only the router should write it. */
    Future<RecordMetadata> publishToLane(String lane, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(lane, value);
        Instant now = Instant.now();
        new LaneHeaders(new EventId("stray"), "t", "t", "audit.user", Priority.P1, now, now, null, 1, null, null, null)
                .writeTo(record.headers());
        return producer.send(record);
    }

    /** As a publisher does that compresses what it sends. */
    Future<RecordMetadata> publishCompressed(String topic, byte[] value) {
        return compressing.send(new ProducerRecord<>(topic, value));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        compressing.close(Duration.ZERO);
    }
}
