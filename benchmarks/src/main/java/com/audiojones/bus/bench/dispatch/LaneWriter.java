package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Kafka;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes lane records as the router does. Safe for use by many threads. */
final class LaneWriter implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final int bodyBytes;
    private final AtomicLong written = new AtomicLong();

    LaneWriter(KafkaSettings kafka, int bodyBytes) {
        this.producer = new KafkaProducer<>(kafka.producer("bench-lanes"));
        this.bodyBytes = bodyBytes;
    }

    /** Writes events that nobody takes the time of; blocks until all of them are durable. */
    void preload(int events, String eventType, Priority priority) throws InterruptedException {
        byte[] body = TimedBody.of(0, bodyBytes);
        Kafka.preload(producer, events, () -> record(eventType, priority, body));
    }

    /** Writes one event that says when it was sent; returns at once. A record that is lost shows as one not received. */
    void send(String eventType, Priority priority) {
        var unused = producer.send(record(eventType, priority, TimedBody.of(TimedBody.now(), bodyBytes)));
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private ProducerRecord<byte[], byte[]> record(String eventType, Priority priority, byte[] body) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Lane.of(priority).topic(), body);
        Instant now = Instant.now();
        EventId id = new EventId("bench-" + ProcessHandle.current().pid() + "-" + written.incrementAndGet());
        new LaneHeaders(id, eventType, eventType, "events.system", priority, now, now, null, 1, null, null, null)
                .writeTo(record.headers());
        return record;
    }
}
