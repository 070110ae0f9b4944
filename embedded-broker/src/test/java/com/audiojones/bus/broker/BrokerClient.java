package com.audiojones.bus.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.LoggerFactory;

/** What a test does to a broker, by Kafka's own clients. */
record BrokerClient(String bootstrapServers) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    void createTopic(String name, Map<String, String> settings) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(common())) {
            admin.createTopics(List.of(new NewTopic(name, 2, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    /** Asks for a topic of a broker that may die of it: returns with its answer, or without one after a second. */
    void askForTopic(String name) throws InterruptedException {
        Admin admin = Admin.create(common());
        try {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LoggerFactory.getLogger(BrokerClient.class).debug("no topic {}", name, e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    int nodes() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(common())) {
            return admin.describeCluster().nodes().get().size();
        }
    }

    /** Returns once all are acked. */
    void produce(String topic, List<String> values) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<RecordMetadata>> acks = new ArrayList<>();
            for (String value : values) {
                acks.add(producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))));
            }
            for (Future<RecordMetadata> ack : acks) {
                ack.get();
            }
        }
    }

    KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = common();
        settings.put("acks", "all");
        settings.put("max.request.size", 2 * 1024 * 1024);
        settings.put("max.block.ms", 3_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    KafkaConsumer<byte[], byte[]> consumer(String group, String protocol) {
        Map<String, Object> settings = common();
        settings.put("group.id", group);
        settings.put("group.protocol", protocol);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads as a member of the group until that many records came, commits them, and leaves. */
    List<ConsumerRecord<byte[], byte[]>> consume(String topic, String group, String protocol, int expected) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(group, protocol)) {
            consumer.subscribe(List.of(topic));
            List<ConsumerRecord<byte[], byte[]>> received = new ArrayList<>();
            Instant deadline = Instant.now().plus(LIMIT);
            while (received.size() < expected && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(100)).forEach(received::add);
            }
            consumer.commitSync();
            return received;
        }
    }

    List<String> consumeValues(String topic, String group, int expected) {
        return consume(topic, group, "classic", expected).stream()
                .map(received -> new String(received.value(), UTF_8))
                .toList();
    }

    private Map<String, Object> common() {
        return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers));
    }
}
