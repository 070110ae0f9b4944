package com.audiojones.bus.bench.route;

import com.audiojones.bus.bench.measure.Kafka;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes audit events as any producer does. Safe for use by many threads. */
final class RouteEvents implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final int bytes;
    private final AtomicLong written = new AtomicLong();

    RouteEvents(KafkaSettings kafka, int bytes) {
        this.producer = new KafkaProducer<>(kafka.producer("bench-events"));
        this.bytes = bytes;
    }

    /** Writes events that nobody takes the time of; blocks until all of them are durable. */
    void preload(int events, String topic) throws InterruptedException {
        Kafka.preload(producer, events, () -> new ProducerRecord<>(topic, event(Priority.P1, 0)));
    }

    /** Writes one event that says when it was sent; returns at once. */
    void send(String topic, Priority priority) {
        var unused = producer.send(new ProducerRecord<>(topic, event(priority, TimedBody.now())));
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private byte[] event(Priority priority, long sentNanos) {
        String start = "{\"id\":\"bench-" + ProcessHandle.current().pid() + "-" + written.incrementAndGet()
                + "\",\"type\":\"bench\",\"actor\":\"bench\",\"actorType\":\"system\",\"priority\":\"" + priority
                + "\",\"data\":{" + TopicTail.SENT + sentNanos + ",\"padding\":\"";
        return (start + "x".repeat(Math.max(0, bytes - start.length() - 3)) + "\"}}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
