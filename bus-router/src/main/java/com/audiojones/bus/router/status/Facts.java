package com.audiojones.bus.router.status;

import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Reads what lanes and {@code webhook.deliveries} say; a record that says nothing readable is quarantined. */
final class Facts extends ContextualProcessor<byte[], byte[], String, StatusFact> {

    /** Reads one kind of record. */
    @FunctionalInterface
    private interface Reading {
        StatusFact read(Record<byte[], byte[]> record) throws InvalidRecordException;
    }

    private final Reading reading;

    private Facts(Reading reading) {
        this.reading = reading;
    }

    /** A lane record's headers are enough. */
    static Processor<byte[], byte[], String, StatusFact> ofLanes() {
        return new Facts(record -> StatusFact.of(LaneHeaders.read(record.headers()), appendedAt(record)));
    }

    static Processor<byte[], byte[], String, StatusFact> ofDeliveries() {
        return new Facts(record -> StatusFact.of(DeliveryRecord.fromJson(record.value()), appendedAt(record)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            StatusFact fact = reading.read(record);
            context().forward(new Record<>(fact.key(), fact, record.timestamp()));
        } catch (InvalidRecordException e) {
            throw new UnusableRecordException(e);
        }
    }

    private static Instant appendedAt(Record<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
