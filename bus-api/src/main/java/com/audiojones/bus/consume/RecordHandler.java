package com.audiojones.bus.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;

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
     * Takes a record on and returns at once. Records of one partition come in order, their ends in any order.
     *
     * @param record a record that is due
     * @param settled to be run when the record's outcome is durable, by any thread; the offset may be committed from
     *     then on. Never run: the record is handed over again to whoever owns the partition next
     * @return what is going on with it
     */
    Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled);
}
