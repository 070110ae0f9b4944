package com.audiojones.bus.consume;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a {@link PartitionLoop} writes together with the positions it commits, in one transaction: readers of committed
 * records see it exactly once for each position passed, whatever is done twice. Called by the loop's thread only.
 */
public interface PositionRecords {

    /**
     * {@return what to write when these positions are committed; asked again for the same or later ones where that failed}
     *
     * @param positions where the next records of some partitions are
     */
    List<ProducerRecord<byte[], byte[]>> upTo(Map<TopicPartition, Long> positions);

    /**
     * Positions are committed, and what was to be written with them is durable.
     *
     * @param positions where the next records of some partitions are
     */
    void committed(Map<TopicPartition, Long> positions);

    /**
     * A partition went: whoever owns it next begins at the last committed position.
     *
     * @param partition the partition
     */
    void forget(TopicPartition partition);
}
