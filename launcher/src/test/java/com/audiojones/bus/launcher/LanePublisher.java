package com.audiojones.bus.launcher;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes events straight to the lanes, as the router does, and notes which of them the broker acknowledged. */
final class LanePublisher implements AutoCloseable {

    private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");
    private static final String PADDING = "x".repeat(520);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Consumer<Sent> onAcknowledged;
    private final Queue<Sent> acknowledged = new ConcurrentLinkedQueue<>();

    /**
     * An acknowledged lane record.
     *
     * @param eventId its event
     * @param eventType the event's type
     * @param lane where it is
     * @param partition the lane's partition
     * @param offset the offset there
     * @param sentAtNanos when it was handed to the producer, by {@link System#nanoTime()}
     */
    record Sent(String eventId, String eventType, Lane lane, int partition, long offset, long sentAtNanos) {}

    /** Tells of each acknowledgement on the producer's thread. */
    LanePublisher(KafkaSettings kafka, Consumer<Sent> onAcknowledged) {
        this.producer = new KafkaProducer<>(kafka.producer("test-lanes"));
        this.onAcknowledged = onAcknowledged;
    }

    /** Sends one event and returns at once; the partition is the producer's choice where none is given. */
    void publish(String eventId, String type, Priority priority, @Nullable Integer partition) {
        Lane lane = Lane.of(priority);
        byte[] key = eventId.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                lane.topic(), partition, key, body(eventId, type).getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.now();
        new LaneHeaders(
                        new EventId(eventId),
                        type,
                        type,
                        "events.system",
                        priority,
                        now,
                        now,
                        null,
                        1,
                        null,
                        null,
                        null)
                .writeTo(record.headers());
        long sentAt = System.nanoTime();
        producer.send(record, (position, failure) -> {
            if (failure == null) {
                Sent sent = new Sent(eventId, type, lane, position.partition(), position.offset(), sentAt);
                acknowledged.add(sent);
                onAcknowledged.accept(sent);
            }
        });
    }

    /** Blocks until the broker has answered for everything sent. */
    void flush() {
        producer.flush();
    }

    /** What was acknowledged so far. */
    Queue<Sent> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    /** The event that a delivered body is about. */
    static String eventId(String body) {
        Matcher id = EVENT_ID.matcher(body);
        return id.find() ? id.group(1) : "no event_id in the body";
    }

    private static String body(String eventId, String type) {
        return "{\"event_id\":\"" + eventId + "\",\"event_type\":\"" + type + "\",\"payload\":{\"padding\":\"" + PADDING
                + "\"}}";
    }
}
