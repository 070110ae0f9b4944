package com.audiojones.bus.consume;

import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What a {@link BatchLoop} does with the records it polled. Called by one thread, one batch at a time. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Settles a batch: returns only when the outcome of every record is durable. The offsets are committed afterwards,
     * so a record whose batch did not return is handed over again.
     *
     * @param batch at least one record
     * @throws RuntimeException if any record is not settled; the whole batch is tried again after a pause
     * @throws InterruptedException if the loop is being closed and the time to end has run out
     */
    void settle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException;
}
