package com.audiojones.bus.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.event.EventId;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A checked event on its way to Kafka. */
record Outgoing(EventId id, ProducerRecord<byte[], byte[]> record) {

    private static final String TRACEPARENT = "traceparent";

    static Outgoing of(EventId id, String topic, byte @Nullable [] key, byte[] value, @Nullable String traceparent) {
        List<Header> headers =
                traceparent == null ? List.of() : List.of(new RecordHeader(TRACEPARENT, traceparent.getBytes(UTF_8)));
        return new Outgoing(id, new ProducerRecord<>(topic, null, key, value, headers));
    }

    String topic() {
        return record.topic();
    }

    @Nullable
    String traceparent() {
        Header header = record.headers().lastHeader(TRACEPARENT);
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
