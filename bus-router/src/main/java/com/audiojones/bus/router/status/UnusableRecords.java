package com.audiojones.bus.router.status;

import com.audiojones.bus.quarantine.QuarantineRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records that cannot be read in quarantine, in the transaction that passes them over; lets any other failure end
 * the thread, which begins again where it had committed. Made by Kafka Streams, by its class name.
 */
public final class UnusableRecords implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    static final String STAGE = "status";

    private static final Logger LOG = LoggerFactory.getLogger(UnusableRecords.class);

    /** For Kafka Streams. */
    public UnusableRecords() {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        return DeserializationExceptionHandler.Response.resume(List.of(quarantined(record, failure)));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (!(failure instanceof UnusableRecordException)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>(
                context.topic(),
                context.partition(),
                context.offset(),
                context.sourceRawKey(),
                context.sourceRawValue());
        return ProcessingExceptionHandler.Response.resume(List.of(quarantined(source, failure)));
    }

    private static ProducerRecord<byte[], byte[]> quarantined(
            ConsumerRecord<byte[], byte[]> record, Exception failure) {
        String reason = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        LOG.warn(
                "{}-{} at {} is not counted and goes to quarantine: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        return QuarantineRecord.of(record, STAGE, reason);
    }
}
