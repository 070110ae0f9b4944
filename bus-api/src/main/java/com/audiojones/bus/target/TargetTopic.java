package com.audiojones.bus.target;

import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes targets to {@code webhook.targets}, from where every dispatcher reads them. A call blocks up to 20 seconds.
 */
public final class TargetTopic implements TargetPublisher, AutoCloseable {

    /** The key of the record that says the topic holds a whole set of targets. */
    public static final String FEED_KEY = "_feed";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final TargetVault vault;

    /**
     * Opens a producer.
     *
     * @param kafka how the cluster is reached
     * @param clientId the name in the broker's logs and metrics
     */
    public TargetTopic(KafkaSettings kafka, String clientId) {
        this(kafka, clientId, TargetVault.CLEAR);
    }

    /**
     * Opens a producer.
     *
     * @param kafka how the cluster is reached
     * @param clientId the name in the broker's logs and metrics
     * @param vault how secrets are kept
     */
    public TargetTopic(KafkaSettings kafka, String clientId, TargetVault vault) {
        this.vault = vault;
        this.producer = new KafkaProducer<>(kafka.producer(clientId, DEADLINE));
    }

    @Override
    public void publish(Target target) throws InterruptedException {
        write(target.id(), vault.toJson(target));
    }

    @Override
    public void publishDeletion(String id) throws InterruptedException {
        write(id, null);
    }

    @Override
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
