package com.audiojones.bus.dispatcher.state;

import com.audiojones.bus.time.IsoMillis;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators about targets, and about records that are gone, by events on the bus itself, {@code alert_triggered} and
 * {@code alert_resolved} of the category {@code webhook}: any target can subscribe to them. The event's id says which target
 * it is about, so that the dispatcher need not parse it. Best effort, never waited for. Safe for use by many threads.
 */
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final String TOPIC = Topics.forType("alert_triggered");
    private static final String PREFIX = "alert:webhook:";
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int HASH_BYTES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final Map<String, Instant> deadLettersTold = new ConcurrentHashMap<>();

    /** Writes with {@code producer}. */
    public Alerts(Producer<byte[], byte[]> producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Whether an event is one of these: it raises no others. */
    public static boolean isAlert(String eventId) {
        return eventId.startsWith(PREFIX);
    }

    /** Whether an event is about a target: it is not sent there. */
    public static boolean concerns(String eventId, String targetId) {
        return isAlert(eventId) && eventId.startsWith(PREFIX + hash(targetId) + ":");
    }

    void triggered(String targetId, String severity, String title, String message) {
        write("alert_triggered", targetId, Map.of("target_id", targetId), severity, title, message);
    }

    void resolved(String targetId, String title, String message) {
        write("alert_resolved", targetId, Map.of("target_id", targetId), "info", title, message);
    }

    /** Tells of records that were removed from a topic before they were read. */
    public void recordsLost(String topicPartition, long count) {
        write(
                "alert_triggered",
                topicPartition,
                Map.of("topic_partition", topicPartition),
                "critical",
                "Records were removed before they were delivered",
                count + " records of " + topicPartition
                        + " were removed by retention before the dispatcher had read them. "
                        + "Give the topic a longer retention, or find out why the dispatcher fell behind; the events are in "
                        + "the store and can be replayed.");
    }

    /** Tells of a dead letter, at most once a minute per target. */
    public void deadLetter(String targetId, String eventId, String reason) {
        Instant now = clock.instant();
        if (isAlert(eventId) || !isDue(targetId, now)) {
            return;
        }
        deadLettersTold.values().removeIf(last -> !now.isBefore(last.plus(QUIET)));
        triggered(
                targetId,
                "high",
                "Webhook dead letters",
                "Event " + eventId + " for target " + targetId + " was given up: " + reason
                        + ". More within the next minute are not told one by one; look at the dead letters.");
    }

    /** Whether a dead letter may be told of; of several callers at a time, one may. */
    private boolean isDue(String targetId, Instant now) {
        Instant told = deadLettersTold.putIfAbsent(targetId, now);
        return told == null || (!now.isBefore(told.plus(QUIET)) && deadLettersTold.replace(targetId, told, now));
    }

    private void write(
            String type, String subject, Map<String, String> about, String severity, String title, String message) {
        Instant now = clock.instant();
        // Two alerts of one millisecond, such as of a disabled target and of its first dead letter, are two events.
        String nonce = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        String id = PREFIX + hash(subject) + ":" + now.toEpochMilli() + "-" + nonce;
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("alert_id", id);
        payload.put("title", title);
        payload.put("message", message);
        payload.put("severity", severity);
        payload.put("category", "webhook");
        payload.putAll(about);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_id", id);
        event.put("event_type", type);
        event.put("timestamp", IsoMillis.format(now));
        event.put("payload", payload);
        event.put("metadata", Map.of("source", "webhook-dispatcher", "alert_type", "webhook", "severity", severity));
        try {
            byte[] key = subject.getBytes(StandardCharsets.UTF_8);
            var _ = producer.send(
                    new ProducerRecord<>(TOPIC, key, JSON.writeValueAsBytes(event)), (position, failure) -> {
                        if (failure != null) {
                            LOG.warn("an alert about {} was not written: {}", subject, failure.getMessage());
                        }
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private static String hash(String subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
