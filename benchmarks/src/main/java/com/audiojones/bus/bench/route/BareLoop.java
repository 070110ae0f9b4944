package com.audiojones.bus.bench.route;

import com.audiojones.bus.bench.measure.Kafka;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.TopicSizes;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads JSON, decodes and encodes it, and writes it: what a router does at least. It checks and commits nothing. */
final class BareLoop implements AutoCloseable {

    static final String IN = "bench.route.in";
    static final String OUT = "bench.route.out";

    private static final int IN_PARTITIONS = 2;
    static final int OUT_PARTITIONS = TopicSizes.EMBEDDED.lanePartitions();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Producer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile boolean closing;

    /** Begins there; returns at once. */
    BareLoop(KafkaSettings kafka, Map<TopicPartition, Long> positions) {
        this.producer = new KafkaProducer<>(kafka.producer("bench-bare-route"));
        this.thread = Thread.ofPlatform().name("bare-route").start(() -> copyAll(kafka, positions));
    }

    /** Where its input ends now. */
    static Map<TopicPartition, Long> ends(KafkaSettings kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("bench-bare-ends"))) {
            return consumer.endOffsets(List.of(new TopicPartition(IN, 0), new TopicPartition(IN, 1)));
        }
    }

    static void createTopics(KafkaSettings kafka) throws InterruptedException {
        Kafka.createTopics(
                kafka,
                List.of(new NewTopic(IN, IN_PARTITIONS, (short) 1), new NewTopic(OUT, OUT_PARTITIONS, (short) 1)));
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }

    private void copyAll(KafkaSettings kafka, Map<TopicPartition, Long> positions) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("bench-bare-route"))) {
            consumer.assign(positions.keySet());
            positions.forEach((partition, position) -> consumer.seek(partition, position));
            while (!closing) {
                consumer.poll(POLL).forEach(this::copy);
            }
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record) {
        try {
            byte[] value = mapper.writeValueAsBytes(mapper.readTree(record.value()));
            var unused = producer.send(new ProducerRecord<>(OUT, record.key(), value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
