package com.audiojones.bus.testkit;

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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A real Kafka with every topic of the bus. */
public final class TestBus implements AutoCloseable {

    private final KafkaSettings kafka;
    private final Runnable ending;
    private final Producer<byte[], byte[]> producer;

    private TestBus(KafkaSettings kafka, Runnable ending) {
        this.kafka = kafka;
        this.ending = ending;
        this.producer = new KafkaProducer<>(kafka.producer("test"));
    }

    /** Starts a broker in this process, on a free port. */
    public static TestBus start(Path directory) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        return withTopics(settings(broker), TopicSizes.EMBEDDED, broker::close);
    }

    /** Makes the topics of a broker, which stays when this is closed. */
    public static TestBus of(EmbeddedBroker broker) throws InterruptedException {
        return withTopics(settings(broker), TopicSizes.EMBEDDED, () -> {});
    }

    /** Makes the topics on a cluster, which stays when this is closed. */
    public static TestBus on(TestCluster cluster) throws InterruptedException {
        return withTopics(cluster.kafka(), TestCluster.SIZES, () -> {});
    }

    private static TestBus withTopics(KafkaSettings kafka, TopicSizes sizes, Runnable ending)
            throws InterruptedException {
        TestBus bus = new TestBus(kafka, ending);
        new TopicAdmin(kafka, sizes).ensure();
        return bus;
    }

    private static KafkaSettings settings(EmbeddedBroker broker) {
        return new KafkaSettings(broker.bootstrapServers(), Map.of());
    }

    /** How it is reached. */
    public KafkaSettings kafka() {
        return kafka;
    }

    /** Writes records and waits for their acks. */
    public void write(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            acks.add(producer.send(record));
        }
        for (Future<RecordMetadata> ack : acks) {
            ack.get();
        }
    }

    /** All records of a topic, {@code key=value}, a deletion as {@code -key}. */
    public List<String> texts(String topic) {
        return records(topic).stream()
                .map(record -> record.value() == null
                        ? "-" + text(record.key())
                        : text(record.key()) + "=" + text(record.value()))
                .toList();
    }

    /** All committed records of a topic, those of each partition in order. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        scan(topic, records::add);
        return records;
    }

    /** The same one by one, for topics that do not fit into memory. */
    public void scan(String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        scan(kafka, topic, each);
    }

    /** The same of any Kafka. */
    public static void scan(
            KafkaSettings kafka, String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Object> config = kafka.reader("test");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(each);
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        ending.run();
    }
}
