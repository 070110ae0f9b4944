package com.audiojones.bus.bench.measure;

import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.kafka.KafkaSettings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What suites do with the broker. */
public final class Kafka {

    private static final int ACKS_AT_A_TIME = 10_000;

    private Kafka() {}

    /** Makes the topics of a ceiling; blocks until they are made. */
    public static void createTopics(KafkaSettings kafka, List<NewTopic> topics) throws InterruptedException {
        try (Admin admin = Admin.create(kafka.admin("bench-topics"))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of the bench could not be made: " + e.getCause(), e);
        }
    }

    /** Writes so many records; blocks until all of them are durable. */
    public static void preload(
            Producer<byte[], byte[]> producer, int count, Supplier<ProducerRecord<byte[], byte[]>> record)
            throws InterruptedException {
        for (int done = 0; done < count; done += ACKS_AT_A_TIME) {
            PendingAcks acks = new PendingAcks();
            for (int i = done; i < Math.min(count, done + ACKS_AT_A_TIME); i++) {
                acks.add(producer.send(record.get()));
            }
            acks.await();
        }
    }
}
