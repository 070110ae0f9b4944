package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.kafka.HeaderWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes what failed into a group's topics: the record as it is, with headers about the failure. */
final class GroupLetters {

    static final String GROUP = "group";
    static final String ATTEMPT = "attempt";
    static final String REASON = "reason";
    static final String LAST_ERROR = "last-error";
    static final String FAILED_AT = "failed-at-ms";

    private static final int MAX_ERROR_CHARS = 500;

    private final String group;
    private final GroupTopics topics;
    private final DurableWriter writer;

    GroupLetters(String group, GroupTopics topics, DurableWriter writer) {
        this.group = group;
        this.topics = topics;
        this.writer = writer;
    }

    /** Has it handed over again after a wait. */
    void retry(ConsumerRecord<byte[], byte[]> record, int spent, String error, Duration wait, Runnable durable) {
        ProducerRecord<byte[], byte[]> later = moved(record, topics.retryAfter(wait));
        HeaderWriter headers = new HeaderWriter(later.headers());
        headers.put(ATTEMPT, Integer.toString(spent));
        headers.put(LAST_ERROR, cut(error));
        writer.write(List.of(later), durable);
    }

    /** Gives it up. */
    void deadLetter(
            ConsumerRecord<byte[], byte[]> record,
            int spent,
            DeadLetterReason reason,
            String error,
            Instant now,
            Runnable durable) {
        ProducerRecord<byte[], byte[]> letter = moved(record, topics.deadLetters());
        HeaderWriter headers = new HeaderWriter(letter.headers());
        headers.put(GROUP, group);
        headers.put(ATTEMPT, Integer.toString(spent));
        headers.put(REASON, reason.name());
        headers.put(LAST_ERROR, cut(error));
        headers.put(FAILED_AT, Long.toString(now.toEpochMilli()));
        writer.write(List.of(letter), durable);
    }

    private static ProducerRecord<byte[], byte[]> moved(ConsumerRecord<byte[], byte[]> record, String topic) {
        return new ProducerRecord<>(
                topic,
                null,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers().toArray()));
    }

    /** Headers are ASCII, as all of the bus are. */
    private static String cut(String error) {
        String plain = error.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= MAX_ERROR_CHARS ? plain : plain.substring(0, MAX_ERROR_CHARS);
    }
}
