package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.time.Instant;
import java.util.List;

/** Documents to write in tests. */
final class Samples {

    static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

    private Samples() {}

    static EventWrite event(String id) {
        return event(id, "{\"event_id\":\"" + id + "\",\"payload\":{\"n\":1},\"metadata\":{\"source\":\"test\"}}");
    }

    static EventWrite event(String id, String body) {
        return new EventWrite(headers(id, TIME), body);
    }

    static LaneHeaders headers(String id, Instant ingestedAt) {
        return new LaneHeaders(
                new EventId(id),
                "status_change",
                "status_change",
                "events.status",
                Priority.P1,
                TIME,
                ingestedAt,
                null,
                1,
                null,
                null,
                null);
    }

    /** It went to one target and arrived. */
    static StatusWrite delivered(String eventId) {
        return new StatusWrite(new EventStatus(eventId, null, 1, 1, 0));
    }

    static Target target(String id) {
        return new Target(
                id,
                "https://example.com/" + id,
                new Secret("0123456789abcdef0123456789abcdef"),
                true,
                List.of(NamePattern.of("status_*")),
                "",
                TIME,
                TIME,
                0,
                false,
                null,
                TargetOptions.NONE);
    }
}
