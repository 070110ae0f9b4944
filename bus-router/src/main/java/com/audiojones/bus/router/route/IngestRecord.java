package com.audiojones.bus.router.route;

import com.audiojones.bus.event.CloudEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record of an ingest topic as routing sees it. Its bytes are not to be changed. */
public final class IngestRecord {

    private final ConsumerRecord<byte[], byte[]> record;
    private final byte @Nullable [] key;
    private final @Nullable String traceparent;

    /** Wraps what a consumer polled. */
    public IngestRecord(ConsumerRecord<byte[], byte[]> record) {
        this(record, record.key(), text(record.headers().lastHeader("traceparent")));
    }

    private IngestRecord(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key, @Nullable String traceparent) {
        this.record = record;
        this.key = key;
        this.traceparent = traceparent;
    }

    /** The record with what it says of itself as a CloudEvent, where it has not a key or a trace context besides. */
    IngestRecord of(CloudEvents.Read cloudEvent) {
        String subject = cloudEvent.subject();
        byte[] ordering = key == null && subject != null ? subject.getBytes(StandardCharsets.UTF_8) : key;
        return new IngestRecord(record, ordering, traceparent == null ? cloudEvent.traceparent() : traceparent);
    }

    String topic() {
        return record.topic();
    }

    int partition() {
        return record.partition();
    }

    long offset() {
        return record.offset();
    }

    /** When the broker appended it: the topics' timestamps are the broker's. */
    Instant appendTime() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] value() {
        return record.value();
    }

    Headers headers() {
        return record.headers();
    }

    /** The W3C trace context as it came, whatever it is. */
    @Nullable
    String traceparent() {
        return traceparent;
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
