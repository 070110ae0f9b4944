package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Kafka;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.dispatcher.http.PostHeaders;
import com.audiojones.bus.kafka.KafkaSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The shortest way through Kafka to a receiver: a producer, a loop that copies from one topic to another, a consumer that
 * POSTs. It keeps no promise: it commits nothing, signs nothing and writes nothing down.
 */
public final class BareChain implements AutoCloseable {

    private static final String IN = "bench.in";
    private static final String OUT = "bench.out";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final int bodyBytes;
    private final Producer<byte[], byte[]> producer;
    private final Producer<byte[], byte[]> copying;
    private final SenderAlone sender;
    private final Thread copier;
    private final Thread poster;
    private volatile boolean closing;

    /** Makes its two topics and begins to copy and to post to the URL. */
    public BareChain(KafkaSettings kafka, String url, int bodyBytes, int concurrency) throws InterruptedException {
        this.kafka = kafka;
        this.bodyBytes = bodyBytes;
        createTopics();
        this.producer = new KafkaProducer<>(kafka.producer("bench-bare"));
        this.copying = new KafkaProducer<>(kafka.producer("bench-bare-copy"));
        this.sender = new SenderAlone(concurrency);
        URI to = URI.create(url);
        this.copier = Thread.ofPlatform().name("bare-copy").start(() -> each(IN, this::copy));
        this.poster = Thread.ofPlatform().name("bare-post").start(() -> each(OUT, record -> post(record, to)));
    }

    /** Sends one event that says when it was sent; returns at once. */
    public void send() {
        var unused = producer.send(new ProducerRecord<>(IN, TimedBody.of(TimedBody.now(), bodyBytes)));
    }

    @Override
    public void close() {
        closing = true;
        try {
            copier.join(CLOSE);
            poster.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
        copying.close(CLOSE);
        sender.close();
    }

    private void createTopics() throws InterruptedException {
        Kafka.createTopics(kafka, List.of(new NewTopic(IN, 1, (short) 1), new NewTopic(OUT, 1, (short) 1)));
    }

    private void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("bench-" + topic))) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                consumer.poll(POLL).forEach(action);
            }
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record) {
        var unused = copying.send(new ProducerRecord<>(OUT, record.value()));
    }

    private void post(ConsumerRecord<byte[], byte[]> record, URI to) {
        try {
            sender.send(to, record.value(), PostHeaders.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
