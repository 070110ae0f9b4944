package com.audiojones.bus.bench.route;

import com.audiojones.bus.kafka.KafkaSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How many records a topic has got since it was looked at first. One thread. */
final class TopicEnd implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final long before;

    /** Looks; waits for a topic that was just made. */
    TopicEnd(KafkaSettings kafka, String topic, int partitions) {
        this.consumer = new KafkaConsumer<>(kafka.reader("bench-ends"));
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        this.before = end();
    }

    int count() {
        return Math.toIntExact(end() - before);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private long end() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
