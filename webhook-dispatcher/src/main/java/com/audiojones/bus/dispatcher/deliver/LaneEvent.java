package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** An event as lane and retry records carry it, its headers and size valid. Its body is sent as it is. */
final class LaneEvent {

    /** The lane record's key, for whoever reads retry records and dead letters. */
    static final String ORIGINAL_KEY = "orig-key";

    /** A longer key stays behind: it would leave no room for the other headers. */
    private static final int MAX_KEY_BYTES = 1024;

    private final LaneHeaders headers;
    private final byte[] body;
    private final byte @Nullable [] key;

    private LaneEvent(LaneHeaders headers, byte[] body, byte @Nullable [] key) {
        this.headers = headers;
        this.body = body;
        this.key = key == null || key.length > MAX_KEY_BYTES ? null : key;
    }

    /** @throws InvalidRecordException if the record is no lane record, or larger than what it may become can be */
    static LaneEvent ofLane(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        return of(record, record.key());
    }

    /** @throws InvalidRecordException if the record is not as this dispatcher writes retry records */
    static LaneEvent ofRetry(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        Header key = record.headers().lastHeader(ORIGINAL_KEY);
        return of(record, key == null ? null : key.value());
    }

    private static LaneEvent of(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key)
            throws InvalidRecordException {
        byte[] body = record.value();
        if (body == null || body.length > Topics.LANE_MAX_BYTES) {
            throw new InvalidRecordException("value: expected a delivery body of at most " + Topics.LANE_MAX_BYTES
                    + " bytes, got " + (body == null ? "an empty record" : body.length + " bytes"));
        }
        return new LaneEvent(LaneHeaders.read(record.headers()), body, key);
    }

    LaneHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    byte @Nullable [] key() {
        return key;
    }

    String id() {
        return headers.eventId().value();
    }
}
