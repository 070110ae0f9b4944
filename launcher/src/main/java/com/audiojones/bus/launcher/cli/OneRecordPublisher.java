package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes one event and waits until it is durable. */
final class OneRecordPublisher {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private OneRecordPublisher() {}

    static RecordMetadata publish(KafkaSettings kafka, OutgoingEvent event) throws InterruptedException {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer("ajbus-publish", DEADLINE))) {
            byte[] value = event.json().getBytes(StandardCharsets.UTF_8);
            return producer.send(new ProducerRecord<>(event.topic(), value)).get();
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "Kafka at " + kafka.bootstrapServers() + " did not take the event (" + e.getCause()
                            + "); is 'ajbus dev' running?",
                    e);
        }
    }
}
