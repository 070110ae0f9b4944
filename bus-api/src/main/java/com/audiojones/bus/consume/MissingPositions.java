package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a consumer that does not choose positions by itself ({@code auto.offset.reset=none}). A group without a position
 * begins at the oldest record, and nobody needs to know. A position at which the broker has no records any more is an
 * alarm: records were removed before they were read, and that must not pass for a normal start. Poll thread only.
 */
final class MissingPositions {

    private static final Logger LOG = LoggerFactory.getLogger(MissingPositions.class);

    private final String name;
    private final ObjLongConsumer<TopicPartition> lost;
    private final java.util.function.Consumer<TopicPartition> wentBack;

    /**
     * Polls for a loop.
     *
     * @param name the loop's name in the log
     * @param lost told how many records of a partition were removed unread
     * @param wentBack told of a partition that is read again from its beginning, at offsets below those that were polled
     */
    MissingPositions(
            String name, ObjLongConsumer<TopicPartition> lost, java.util.function.Consumer<TopicPartition> wentBack) {
        this.name = name;
        this.lost = lost;
        this.wentBack = wentBack;
    }

    /** Polls; empty where positions had to be found first, and the next poll reads from them. */
    ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration timeout) {
        try {
            return consumer.poll(timeout);
        } catch (NoOffsetForPartitionException e) {
            toBeginning(consumer, e.partitions());
        } catch (OffsetOutOfRangeException e) {
            toWhatIsThere(consumer, e.offsetOutOfRangePartitions());
        }
        return ConsumerRecords.empty();
    }

    private void toBeginning(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        LOG.debug("{}: nothing is committed for {}, reads from the beginning", name, partitions);
        consumer.seekToBeginning(partitions);
    }

    private void toWhatIsThere(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(positions.keySet());
        positions.forEach((partition, position) -> {
            long first = beginnings.getOrDefault(partition, 0L);
            consumer.seek(partition, first);
            if (first > position) {
                LOG.error(
                        "{}: {} records of {} were removed before they were read, offsets {} to {}; goes on at {}. Give the"
                                + " topic a longer retention, or find out why its readers fell behind",
                        name,
                        first - position,
                        partition,
                        position,
                        first - 1,
                        first);
                lost.accept(partition, first - position);
            } else {
                LOG.error(
                        "{}: {} ends before offset {}, which was read already: the topic was made anew, or a broker without"
                                + " its latest records leads it; reads it again from {}",
                        name,
                        partition,
                        position,
                        first);
                wentBack.accept(partition);
            }
        });
    }
}
