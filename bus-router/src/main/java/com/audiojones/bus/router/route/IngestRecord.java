package com.audiojones.bus.router.route;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of an ingest topic as routing sees it. Its bytes are not to be changed. */
public final class IngestRecord {

    private final ConsumerRecord<byte[], byte[]> record;

    /** Wraps what a consumer polled. */
    public IngestRecord(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
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
        return record.key();
    }

    byte @Nullable [] value() {
        return record.value();
    }

    byte @Nullable [] header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
