package com.audiojones.bus.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** The records written for one batch, not yet known to be durable. One thread. */
public final class PendingAcks {

    private final List<Future<RecordMetadata>> pending = new ArrayList<>();

    /** Starts with nothing pending. */
    public PendingAcks() {}

    /**
     * Adds what {@code producer.send} returned.
     *
     * @param ack the future of the record's position
     */
    public void add(Future<RecordMetadata> ack) {
        pending.add(ack);
    }

    /**
     * Waits until every record is acknowledged by all in-sync replicas.
     *
     * @throws KafkaException if any was refused; the others may have been written
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void await() throws InterruptedException {
        for (Future<RecordMetadata> ack : pending) {
            try {
                ack.get();
            } catch (ExecutionException e) {
                throw new KafkaException("a record was not acknowledged: " + e.getCause(), e.getCause());
            }
        }
        pending.clear();
    }
}
