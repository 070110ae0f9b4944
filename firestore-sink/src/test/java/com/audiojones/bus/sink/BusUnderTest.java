package com.audiojones.bus.sink;

import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A real broker with every topic of the bus. */
final class BusUnderTest implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final KafkaSettings kafka;
    private final Producer<byte[], byte[]> producer;

    private BusUnderTest(EmbeddedBroker broker) {
        this.broker = broker;
        this.kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
        this.producer = new KafkaProducer<>(kafka.producer("test"));
    }

    static BusUnderTest start(Path directory) throws InterruptedException {
        BusUnderTest bus = new BusUnderTest(EmbeddedBroker.start(directory, 0));
        new TopicAdmin(bus.kafka, TopicSizes.EMBEDDED).ensure();
        return bus;
    }

    KafkaSettings kafka() {
        return kafka;
    }

    /** Writes records and waits for their acks. */
    void write(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            acks.add(producer.send(record));
        }
        for (Future<RecordMetadata> ack : acks) {
            ack.get();
        }
    }

    /** {@return all records of a topic with one partition, {@code key=value}, a deletion as {@code -key}} */
    List<String> read(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("test"))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    String key = text(record.key());
                    records.add(record.value() == null ? "-" + key : key + "=" + text(record.value()));
                }
            }
        }
        return records;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
