package com.audiojones.bus.target;

import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes targets to {@code webhook.targets}, from where every dispatcher reads them. A target is in force for all events
 * published after {@link #publish} returned. Safe for use by many threads.
 */
public final class TargetTopic implements AutoCloseable {

    /** The key of the record that says the topic holds a whole set of targets. */
    public static final String FEED_KEY = "_feed";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;

    /**
     * Opens a producer.
     *
     * @param kafka how the cluster is reached
     * @param clientId the name in the broker's logs and metrics
     */
    public TargetTopic(KafkaSettings kafka, String clientId) {
        this.producer = new KafkaProducer<>(kafka.producer(clientId, DEADLINE));
    }

    /**
     * Writes a target. Blocks until it is durable, up to 20 seconds.
     *
     * @param target the target
     * @throws KafkaException if it could not be written; calling again is safe
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void publish(Target target) throws InterruptedException {
        write(target.id(), TargetCodec.toJson(target));
    }

    /**
     * Takes a target out of force. Blocks until that is durable, up to 20 seconds.
     *
     * @param id the target's id
     * @throws KafkaException if it could not be written; calling again is safe
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void publishDeletion(String id) throws InterruptedException {
        write(id, null);
    }

    /**
     * Says that the topic holds a whole set of targets now. Blocks until that is durable, up to 20 seconds.
     *
     * @param marker JSON for people who read the topic
     * @throws KafkaException if it could not be written; calling again is safe
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void publishFeedMarker(String marker) throws InterruptedException {
        write(FEED_KEY, marker.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String key, byte @Nullable [] value) throws InterruptedException {
        PendingAcks acks = new PendingAcks();
        acks.add(producer.send(new ProducerRecord<>(Topics.TARGETS, key.getBytes(StandardCharsets.UTF_8), value)));
        acks.await();
    }

    @Override
    public void close() {
        producer.close(DEADLINE);
    }
}
