package com.audiojones.bus.consume;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records until they are acknowledged. A failure is no outcome: the record is written again until it is
 * acknowledged or the process ends, and whoever waits for it waits. Only a record that can never be written, since it is
 * too large, is replaced. Safe for use by many threads.
 */
public final class DurableWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DurableWriter.class);
    private static final long AGAIN_MILLIS = 250;

    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService timer;
    private final Oversize oversize;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable String trouble;
    private volatile boolean closed;

    /** What is written instead of a record that is too large for any repetition. */
    @FunctionalInterface
    public interface Oversize {

        /**
         * {@return the record to write instead; it has to fit}
         *
         * @param record what did not fit
         * @param failure what the client or the broker says
         */
        ProducerRecord<byte[], byte[]> instead(ProducerRecord<byte[], byte[]> record, Exception failure);
    }

    /**
     * Writes with a producer, which stays open.
     *
     * @param producer idempotent, {@code acks=all}
     * @param timer runs what is written again
     * @param oversize replaces what is too large
     */
    public DurableWriter(Producer<byte[], byte[]> producer, ScheduledExecutorService timer, Oversize oversize) {
        this.producer = producer;
        this.timer = timer;
        this.oversize = oversize;
    }

    /**
     * Writes records. Blocks for as long as the producer does at most.
     *
     * @param records what to write, one or more
     * @param durable run on the producer's thread when all of them are acknowledged
     */
    public void write(List<ProducerRecord<byte[], byte[]>> records, Runnable durable) {
        write(records, oversize, durable);
    }

    /**
     * Writes records as {@link #write(List, Runnable)} does, with a way of their own to replace what is too large.
     *
     * @param records what to write, one or more
     * @param instead replaces what is too large
     * @param durable run on the producer's thread when all of them are acknowledged
     */
    public void write(List<ProducerRecord<byte[], byte[]>> records, Oversize instead, Runnable durable) {
        AtomicInteger open = new AtomicInteger(records.size());
        Runnable acknowledged = () -> {
            if (open.decrementAndGet() == 0) {
                durable.run();
            }
        };
        if (trouble == null) {
            records.forEach(record -> send(record, instead, acknowledged));
        } else {
            // A producer that cannot write blocks for a while: that is not for the caller's thread.
            records.forEach(record -> sendLater(record, instead, acknowledged));
        }
    }

    /** {@return why records cannot be written at the moment; null: they can} */
    public @Nullable String trouble() {
        return trouble;
    }

    /** {@return whether no record waits to be written again: what is written now comes after all that was before} */
    public boolean isInOrder() {
        return waiting.get() == 0 && trouble == null;
    }

    /** Writes nothing any more: what ends from now on is done again by whoever takes over. */
    public void close() {
        closed = true;
    }

    private void send(ProducerRecord<byte[], byte[]> record, Oversize instead, Runnable acknowledged) {
        if (closed) {
            return;
        }
        try {
            var _ = producer.send(record, (position, failure) -> {
                if (failure == null) {
                    trouble = null;
                    acknowledged.run();
                } else {
                    failed(record, instead, failure, acknowledged);
                }
            });
        } catch (RuntimeException e) {
            failed(record, instead, e, acknowledged);
        }
    }

    private void failed(
            ProducerRecord<byte[], byte[]> record, Oversize instead, Exception failure, Runnable acknowledged) {
        if (closed) {
            return;
        }
        if (failure instanceof RecordTooLargeException) {
            ProducerRecord<byte[], byte[]> smaller = instead.instead(record, failure);
            if (!smaller.topic().equals(record.topic())) {
                LOG.warn("a record for {} is too large: {}", record.topic(), failure.getMessage());
                send(smaller, instead, acknowledged);
                return;
            }
        }
        if (trouble == null) {
            LOG.warn("a record was not written to {}, tries again: {}", record.topic(), failure.getMessage());
        }
        trouble = "records cannot be written to " + record.topic() + ": " + failure.getMessage();
        sendLater(record, instead, acknowledged);
    }

    private void sendLater(ProducerRecord<byte[], byte[]> record, Oversize instead, Runnable acknowledged) {
        waiting.incrementAndGet();
        var _ = timer.schedule(
                () -> {
                    send(record, instead, acknowledged);
                    waiting.decrementAndGet();
                },
                AGAIN_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
