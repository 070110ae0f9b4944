package com.audiojones.bus.launcher;

import com.audiojones.bus.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes plain JSON; a record counts as accepted when its future says so. */
final class TestPublisher implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;

    TestPublisher(String bootstrapServers) {
        this.producer = new KafkaProducer<>(new KafkaSettings(bootstrapServers, Map.of()).producer("test-publisher"));
    }

    Future<RecordMetadata> publish(String topic, String json) {
        return producer.send(new ProducerRecord<>(topic, json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
