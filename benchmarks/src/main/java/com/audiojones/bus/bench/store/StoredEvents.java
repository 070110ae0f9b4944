package com.audiojones.bus.bench.store;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Made-up events, each with what a delivered one leaves in the store: the event, its delivery, its counters. */
final class StoredEvents {

    /** Roughly what a body has before its filler. */
    static final int LEAD = 70;

    private static final String TYPE = "bench";
    private static final String TOPIC = "audit.user";
    private static final String TARGET = "t1";
    private static final String URL = "https://example.com/hook";

    private final long firstMillis = System.currentTimeMillis();
    private final int bodyBytes;

    StoredEvents(int bodyBytes) {
        this.bodyBytes = bodyBytes;
    }

    LaneHeaders headers(int number) {
        Instant at = Instant.ofEpochMilli(firstMillis + number);
        return new LaneHeaders(
                new EventId("evt_" + (firstMillis + number) + "_" + number),
                TYPE,
                TOPIC + "." + TYPE,
                TOPIC,
                Priority.P1,
                at,
                at,
                at.plusSeconds(3_600),
                1,
                null,
                null,
                null);
    }

    String body(LaneHeaders headers) {
        String start = "{\"event_id\":\"" + headers.eventId().value() + "\",\"payload\":{\"n\":1,\"text\":\"";
        String end = "\"},\"metadata\":{\"source\":\"bench\",\"actor\":\"bench\"}}";
        return start + "x".repeat(Math.max(0, bodyBytes - start.length() - end.length())) + end;
    }

    DeliveryRecord delivery(LaneHeaders headers) {
        return new DeliveryRecord(
                DeliveryKind.DELIVERED,
                headers.eventId().value(),
                headers.eventType(),
                headers.name(),
                headers.topic(),
                headers.priority(),
                null,
                headers.ingestedAt(),
                TARGET,
                URL,
                1,
                1,
                1,
                200,
                null,
                null,
                12L,
                "ok",
                headers.ingestedAt().plusMillis(12),
                null);
    }

    /** What the sink would write of some events in one batch. */
    List<StoreWrite> writes(int from, int to) {
        List<StoreWrite> writes = new ArrayList<>();
        for (int number = from; number < to; number++) {
            LaneHeaders headers = headers(number);
            writes.add(new EventWrite(headers, body(headers)));
            writes.add(new DeliveryWrite(StoredDelivery.of(delivery(headers))));
            writes.add(new StatusWrite(new EventStatus(headers.eventId().value(), null, 1, 1, 0)));
        }
        return writes;
    }
}
