package com.audiojones.bus.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a {@link PartitionLoop} does with the records it polls. Called by the loop's thread only; never blocks. */
public interface RecordHandler {

    /**
     * {@return whether there is room for another record; asked again soon where there is none. For a handler that makes
     * more of a record than its bytes}
     */
    default boolean hasRoom() {
        return true;
    }

    /**
     * How long a record has to wait before it may be taken on. Records behind it in its partition wait too.
     *
     * @param record a record that was just polled
     * @return nanoseconds from now, 0 or less: it is due
     */
    default long waitNanos(ConsumerRecord<byte[], byte[]> record) {
        return 0;
    }

    /**
     * Records were removed before this loop's group had read them: retention is shorter than the group is behind. The loop
     * has logged it and goes on.
     *
     * @param partition whose records they were
     * @param count how many offsets were passed over, 1 or more
     */
    default void lost(TopicPartition partition, long count) {}

    /**
     * Takes a record on and returns at once. Records of one partition come in order, their ends in any order.
     *
     * @param record a record that is due
     * @param settled to be run when the record's outcome is durable, by any thread; the offset may be committed from
     *     then on. Never run: the record is handed over again to whoever owns the partition next
     * @return what is going on with it
     */
    Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled);

    /**
     * Takes on a record that Kafka holds and nobody can read, such as one of a batch that was damaged on disk, and returns
     * at once. It is the loop's way past it: without an outcome for it nothing behind it is committed.
     *
     * @param record its position, without content and time
     * @param reason why, in one sentence
     * @param settled as in {@link #take}
     * @return what is going on with it
     */
    Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled);
}
