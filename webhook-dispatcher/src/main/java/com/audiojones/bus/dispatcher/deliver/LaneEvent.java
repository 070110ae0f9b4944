package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.lane.LaneHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A lane record whose headers are valid. Its body is sent as it is, never parsed. */
final class LaneEvent {

    private final LaneHeaders headers;
    private final byte[] body;

    LaneEvent(LaneHeaders headers, ConsumerRecord<byte[], byte[]> record) {
        this.headers = headers;
        this.body = record.value();
    }

    LaneHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
