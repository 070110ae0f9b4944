package com.audiojones.bus.bench.route;

import com.audiojones.bus.bench.measure.Latencies;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its end and takes the time of records that say when they were sent. */
final class TopicTail implements AutoCloseable {

    /** What the time stands behind. */
    static final String SENT = "\"sent\":";

    private static final byte[] MARK = SENT.getBytes(StandardCharsets.US_ASCII);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LATE = Duration.ofMinutes(3);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Thread thread;
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch reading = new CountDownLatch(1);
    private volatile boolean closing;

    /** Begins to read; blocks until it does. */
    TopicTail(KafkaSettings kafka, String topic) throws InterruptedException {
        this.thread = Thread.ofPlatform().name("tail-" + topic).start(() -> read(kafka, topic));
        reading.await();
    }

    void reset() {
        latencies.clear();
        arrived.set(0);
    }

    /** Blocks until so many have arrived since the reset. */
    Latencies await(int expected) throws InterruptedException {
        long deadline = System.nanoTime() + LATE.toNanos();
        while (arrived.get() < expected) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("expected " + expected + " records, got " + arrived.get());
            }
            Thread.sleep(POLL);
        }
        return Latencies.of(
                latencies.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(KafkaSettings kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("bench-tail"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            reading.countDown();
            while (!closing) {
                consumer.poll(POLL).forEach(record -> {
                    latencies.add(TimedBody.now() - sentNanos(record.value()));
                    arrived.incrementAndGet();
                });
            }
        }
    }

    private static long sentNanos(byte[] value) {
        for (int i = 0; i + MARK.length < value.length; i++) {
            if (Arrays.equals(value, i, i + MARK.length, MARK, 0, MARK.length)) {
                long nanos = 0;
                for (int at = i + MARK.length; value[at] >= '0' && value[at] <= '9'; at++) {
                    nanos = nanos * 10 + (value[at] - '0');
                }
                return nanos;
            }
        }
        throw new IllegalStateException("expected " + SENT + " in each record, got one without");
    }
}
