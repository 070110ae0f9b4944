package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls past records that cannot be read, such as those of a batch that was damaged on disk. The consumer never passes them
 * by itself: it fails at the same position again and again. What fails there three times is told by its position and passed
 * over, one offset at a time, as nothing says where the damage ends. Poll thread only.
 */
final class UnreadableRecords {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);

    /** What was damaged on its way is whole the next time. */
    private static final int TRIES = 3;

    private final String name;
    private final MissingPositions positions;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, String> passedOver;

    private @Nullable Place failing;
    private int tries;

    private record Place(TopicPartition partition, long offset) {}

    /**
     * Polls for a loop.
     *
     * @param name the loop's name in the log
     * @param positions polls
     * @param passedOver told of a record that is passed over, which has a position and no content, and why
     */
    UnreadableRecords(
            String name, MissingPositions positions, BiConsumer<ConsumerRecord<byte[], byte[]>, String> passedOver) {
        this.name = name;
        this.positions = positions;
        this.passedOver = passedOver;
    }

    /**
     * Polls; empty where a record was passed over.
     *
     * @throws KafkaException whatever keeps the consumer from polling, a record among it that may be readable next time
     */
    ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration timeout) {
        try {
            return positions.poll(consumer, timeout);
        } catch (KafkaException e) {
            Place place = place(consumer, e);
            if (place == null || !isHopeless(place)) {
                throw e;
            }
            passOver(consumer, place, e);
            return ConsumerRecords.empty();
        }
    }

    /** Where the consumer stands that cannot read on; null: the failure is another. Only the message names the partition. */
    private static @Nullable Place place(Consumer<?, ?> consumer, KafkaException failure) {
        if (failure.getClass() != KafkaException.class && !(failure instanceof CorruptRecordException)) {
            return null;
        }
        Optional<TopicPartition> partition = consumer.assignment().stream()
                .filter(assigned -> names(failure, assigned))
                .findFirst();
        return partition.map(at -> new Place(at, consumer.position(at))).orElse(null);
    }

    private static boolean names(KafkaException failure, TopicPartition partition) {
        return failure.getMessage() != null
                && failure.getMessage().matches("(?s).*\\b\\Q" + partition + "\\E(?!\\d).*");
    }

    private boolean isHopeless(Place place) {
        tries = place.equals(failing) ? tries + 1 : 1;
        failing = place;
        return tries >= TRIES;
    }

    private void passOver(Consumer<byte[], byte[]> consumer, Place place, KafkaException failure) {
        TopicPartition partition = place.partition();
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String reason = "cannot be read: " + cause.getMessage();
        LOG.error("{}: {} at {} is passed over, it {}", name, partition, place.offset(), reason);
        passedOver.accept(
                new ConsumerRecord<>(partition.topic(), partition.partition(), place.offset(), null, null), reason);
        consumer.seek(partition, place.offset() + 1);
        failing = new Place(partition, place.offset() + 1);
        tries = TRIES - 1;
    }
}
