package com.audiojones.bus.bench.route;

import com.audiojones.bus.kafka.KafkaSettings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records a topic has got since it was looked at first. */
final class TopicEnd implements AutoCloseable {

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> partitions;
    private final long before;

    TopicEnd(KafkaSettings kafka, String topic, int partitions) throws InterruptedException {
        this.admin = Admin.create(kafka.admin("bench-ends"));
        this.partitions = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
        this.before = end();
    }

    int count() throws InterruptedException {
        return Math.toIntExact(end() - before);
    }

    @Override
    public void close() {
        admin.close();
    }

    private long end() throws InterruptedException {
        try {
            return admin.listOffsets(partitions).all().get().values().stream()
                    .mapToLong(found -> found.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not tell where a topic ends: " + e.getCause(), e);
        }
    }
}
