package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A lane record whose headers and size are valid. Its body is sent as it is, never parsed. */
final class LaneEvent {

    private final LaneHeaders headers;
    private final byte[] body;

    private LaneEvent(LaneHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    /** @throws InvalidRecordException if the record is no lane record, or larger than what it may become can be */
    static LaneEvent of(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        byte[] body = record.value();
        if (body == null || body.length > Topics.LANE_MAX_BYTES) {
            throw new InvalidRecordException("value: expected a delivery body of at most " + Topics.LANE_MAX_BYTES
                    + " bytes, got " + (body == null ? "an empty record" : body.length + " bytes"));
        }
        return new LaneEvent(LaneHeaders.read(record.headers()), body);
    }

    LaneHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
