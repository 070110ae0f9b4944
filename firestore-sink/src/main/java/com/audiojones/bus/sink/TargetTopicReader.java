package com.audiojones.bus.sink;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads what targets are in force. */
final class TargetTopicReader {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;

    TargetTopicReader(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Reads {@code webhook.targets} to its present end. Blocks up to 30 seconds without progress.
     *
     * @return the values by target id
     * @throws KafkaException if it cannot be read now; an interrupt ends it with Kafka's {@code InterruptException}
     */
    Map<String, byte[]> read() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("ajbus-target-feed"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TARGETS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("topic " + Topics.TARGETS + " is missing");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readTo(consumer, consumer.endOffsets(partitions));
        }
    }

    private static Map<String, byte[]> readTo(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end) {
        Map<String, byte[]> values = new HashMap<>();
        long emptyPolls = 0;
        while (end.entrySet().stream().anyMatch(to -> consumer.position(to.getKey()) < to.getValue())) {
            Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL_TIMEOUT);
            boolean empty = true;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                put(values, record);
                empty = false;
            }
            emptyPolls = empty ? emptyPolls + 1 : 0;
            if (emptyPolls > DEADLINE.dividedBy(POLL_TIMEOUT)) {
                throw new TimeoutException("topic " + Topics.TARGETS + " could not be read to its end within "
                        + DEADLINE.toSeconds() + " s");
            }
        }
        return values;
    }

    private static void put(Map<String, byte[]> values, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            values.remove(id);
        } else if (!id.equals(TargetTopic.FEED_KEY)) {
            values.put(id, record.value());
        }
    }
}
