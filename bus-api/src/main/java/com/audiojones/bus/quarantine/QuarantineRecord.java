package com.audiojones.bus.quarantine;

import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.HeaderWriter;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.topic.Topics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a record in quarantine came from and why it is there: the headers of {@code bus.quarantine}. The record's value
 * is the raw value as received.
 *
 * @param reason header {@code reason}: one sentence: field, expectation, actual value (at most 500 characters)
 * @param stage header {@code stage}: which role refused it: {@code router}, {@code dispatcher} or {@code sink}
 * @param topic header {@code orig-topic}: the topic it was read from
 * @param partition header {@code orig-partition}: the partition
 * @param offset header {@code orig-offset}: the offset
 * @param timestampMillis header {@code orig-timestamp-ms}: when the broker appended it there, milliseconds since 1970
 * @param valueBytes header {@code value-bytes}: how long the value was as received
 * @param valueSha256 header {@code value-sha256}: its SHA-256 as hex
 */
public record QuarantineRecord(
        String reason,
        String stage,
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        int valueBytes,
        String valueSha256) {

    private static final int KEPT_OF_OVERSIZE = 64 * 1024;
    private static final int KEPT_OF_KEY = 1024;
    private static final int MAX_REASON = 500;

    /**
     * Puts a record into quarantine form: raw key and value, or their beginnings where they do not fit (the first 64 KiB
     * of a value over 1 MiB, the first KiB of a key).
     *
     * @param refused the record as received
     * @param stage which role refuses it
     * @param reason why, in one sentence
     * @return the record to write to {@code bus.quarantine}
     */
    public static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> refused, String stage, String reason) {
        byte[] value = refused.value() == null ? new byte[0] : refused.value();
        byte[] kept = value.length <= Topics.INGEST_MAX_BYTES ? value : Arrays.copyOf(value, KEPT_OF_OVERSIZE);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.QUARANTINE, null, cut(refused.key()), kept);
        describing(refused, stage, reason).writeTo(record.headers());
        return record;
    }

    /**
     * {@return where a record came from and why it is refused}
     *
     * @param refused the record as received
     * @param stage which role refuses it
     * @param reason why, in one sentence
     */
    public static QuarantineRecord describing(ConsumerRecord<byte[], byte[]> refused, String stage, String reason) {
        byte[] value = refused.value() == null ? new byte[0] : refused.value();
        return new QuarantineRecord(
                reason.substring(0, Math.min(MAX_REASON, reason.length())),
                stage,
                refused.topic(),
                refused.partition(),
                refused.offset(),
                refused.timestamp(),
                value.length,
                sha256(value));
    }

    /**
     * {@return the headers of a record from {@code bus.quarantine}}
     *
     * @param headers its headers
     * @throws InvalidRecordException if one is missing or malformed
     */
    public static QuarantineRecord read(Headers headers) throws InvalidRecordException {
        HeaderReader in = new HeaderReader(headers);
        return new QuarantineRecord(
                in.required("reason"),
                in.required("stage"),
                in.required("orig-topic"),
                in.required("orig-partition", Integer::parseInt),
                in.required("orig-offset", Long::parseLong),
                in.required("orig-timestamp-ms", Long::parseLong),
                in.required("value-bytes", Integer::parseInt),
                in.required("value-sha256"));
    }

    private void writeTo(Headers headers) {
        HeaderWriter out = new HeaderWriter(headers);
        out.put("reason", reason);
        out.put("stage", stage);
        out.put("orig-topic", topic);
        out.put("orig-partition", Integer.toString(partition));
        out.put("orig-offset", Long.toString(offset));
        out.put("orig-timestamp-ms", Long.toString(timestampMillis));
        out.put("value-bytes", Integer.toString(valueBytes));
        out.put("value-sha256", valueSha256);
    }

    private static byte @Nullable [] cut(byte @Nullable [] key) {
        return key == null || key.length <= KEPT_OF_KEY ? key : Arrays.copyOf(key, KEPT_OF_KEY);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
