package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.Origin;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.topic.Topics;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes until they are acknowledged. A failure is no outcome: the record is written again until it is
 * acknowledged or the process ends, and whoever waits for it waits. Only a record that can never be written, since it is
 * too large, goes to quarantine instead. Safe for use by many threads.
 */
final class OutcomeWriter {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);
    private static final long AGAIN_MILLIS = 250;

    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService timer;
    private volatile @Nullable String trouble;
    private volatile boolean closed;

    OutcomeWriter(Producer<byte[], byte[]> producer, ScheduledExecutorService timer) {
        this.producer = producer;
        this.timer = timer;
    }

    /** Writes records; runs {@code durable} on the producer's thread when all of them are acknowledged. */
    void write(List<ProducerRecord<byte[], byte[]>> records, Runnable durable) {
        AtomicInteger open = new AtomicInteger(records.size());
        Runnable acknowledged = () -> {
            if (open.decrementAndGet() == 0) {
                durable.run();
            }
        };
        if (trouble == null) {
            records.forEach(record -> send(record, acknowledged));
        } else {
            // A producer that cannot write blocks for a while: that is not for the caller's thread.
            records.forEach(record -> sendLater(record, acknowledged));
        }
    }

    /** Why outcomes cannot be written at the moment, null: they can. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Writes nothing any more: what ends from now on is done again by whoever takes over. */
    void close() {
        closed = true;
    }

    private void send(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        if (closed) {
            return;
        }
        try {
            var _ = producer.send(record, (position, failure) -> {
                if (failure == null) {
                    trouble = null;
                    acknowledged.run();
                } else {
                    failed(record, failure, acknowledged);
                }
            });
        } catch (RuntimeException e) {
            failed(record, e, acknowledged);
        }
    }

    private void failed(ProducerRecord<byte[], byte[]> record, Exception failure, Runnable acknowledged) {
        if (closed) {
            return;
        }
        if (failure instanceof RecordTooLargeException && !record.topic().equals(Topics.QUARANTINE)) {
            LOG.warn("a record for {} is too large, it goes to quarantine: {}", record.topic(), failure.getMessage());
            send(quarantined(record, failure), acknowledged);
            return;
        }
        if (trouble == null) {
            LOG.warn("an outcome was not written to {}, tries again: {}", record.topic(), failure.getMessage());
        }
        trouble = "outcomes cannot be written to " + record.topic() + ": " + failure.getMessage();
        sendLater(record, acknowledged);
    }

    private void sendLater(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        var _ = timer.schedule(() -> send(record, acknowledged), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What does not fit, with the position of the lane record that it was made of. */
    private static ProducerRecord<byte[], byte[]> quarantined(
            ProducerRecord<byte[], byte[]> record, Exception failure) {
        Origin origin;
        try {
            origin = PairHeaders.read(record.headers()).origin();
        } catch (InvalidRecordException e) {
            origin = new Origin(record.topic(), 0, 0);
        }
        return QuarantineRecord.of(
                new ConsumerRecord<>(origin.topic(), origin.partition(), origin.offset(), record.key(), record.value()),
                LaneIntake.STAGE,
                "too large for " + record.topic() + ": " + failure.getMessage());
    }
}
