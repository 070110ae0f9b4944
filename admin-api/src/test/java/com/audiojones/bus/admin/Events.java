package com.audiojones.bus.admin;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.StoredEvent;
import java.time.Instant;

/** Stored events to test with. */
final class Events {

    static final Instant OCCURRED = Instant.parse("2026-03-01T10:00:00.123Z");
    static final Instant INGESTED = Instant.parse("2026-03-01T10:00:01Z");

    private Events() {}

    static StoredEvent event(String id, String type, Priority priority, String payload) {
        return stored(id, type, priority, INGESTED, body(id, type, payload, "{\"source\":\"status-system\"}"));
    }

    /** The n-th of a series, each a second younger than the one before. */
    static StoredEvent numbered(int n, String type) {
        String id = "evt-" + n;
        String body = body(id, type, "{\"n\":" + n + "}", "{}");
        return stored(id, type, Priority.P2, INGESTED.plusSeconds(n), body);
    }

    static StoredEvent stored(String id, String type, Priority priority, Instant ingested, String body) {
        return new StoredEvent(headers(id, type, priority, ingested), body, EventState.FAILED, 3, 2, 1);
    }

    static String body(String id, String type, String payload, String metadata) {
        return "{\"event_id\":\"" + id + "\",\"event_type\":\"" + type
                + "\",\"timestamp\":\"2026-03-01T10:00:00.123Z\",\"payload\":" + payload + ",\"metadata\":" + metadata
                + "}";
    }

    private static LaneHeaders headers(String id, String type, Priority priority, Instant ingested) {
        return new LaneHeaders(
                new EventId(id),
                type,
                type,
                "events.status",
                priority,
                OCCURRED,
                ingested,
                ingested.plusSeconds(60),
                1.0,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                null,
                null);
    }
}
