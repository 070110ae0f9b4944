package com.audiojones.bus.live;

import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes settings to {@code bus.settings}, from where every process reads them. A call blocks up to 20 seconds. */
public final class LiveSettingsTopic implements LiveSettingsPublisher, AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;

    /**
     * Opens a producer.
     *
     * @param kafka how the cluster is reached
     * @param clientId the name in the broker's logs and metrics
     */
    public LiveSettingsTopic(KafkaSettings kafka, String clientId) {
        this.producer = new KafkaProducer<>(kafka.producer(clientId, DEADLINE));
    }

    @Override
    public void publish(LiveSetting setting, byte @Nullable [] json)
            throws InvalidSettingException, InterruptedException {
        LiveSettingsCodec.with(LiveSettings.DEFAULTS, setting, json);
        PendingAcks acks = new PendingAcks();
        acks.add(producer.send(
                new ProducerRecord<>(Topics.SETTINGS, setting.key().getBytes(StandardCharsets.UTF_8), json)));
        acks.await();
    }

    @Override
    public void close() {
        producer.close(DEADLINE);
    }
}
