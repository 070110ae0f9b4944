package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.kafka.KafkaSettings;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Writes what failed, with one producer for all subscriptions. */
record Letterbox(Producer<byte[], byte[]> producer, ScheduledExecutorService timer, DurableWriter writer) {

    static Letterbox open(KafkaSettings kafka, String clientId, Duration deadline) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer(clientId, deadline));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("event-bus-letters").daemon().factory());
        return new Letterbox(producer, timer, new DurableWriter(producer, timer, (record, failure) -> record));
    }

    void close(Duration deadline) {
        writer.close();
        timer.shutdownNow();
        producer.close(deadline);
    }
}
