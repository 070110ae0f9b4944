package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events, ten a second, of which few are rare, failed or in flight, and all that became of them. */
final class LargeHistory {

    static final String RARE = "audit.user.rare";

    private static final int FAILED_EVERY = 1_000;
    private static final List<String> TOPICS = List.of("audit.user", "audit.data", "audit.billing", "events.status");
    private static final List<String> TYPES = List.of("login", "task.created", "export.done", "invoice.paid", "viewed");

    private final int events;
    private final Random random;

    /** @param events how many there are in all */
    LargeHistory(int events, Random random) {
        this.events = events;
        this.random = random;
    }

    /** Some events with all that became of them. */
    List<StoreWrite> batch(int from, int to) {
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            boolean failed = i % FAILED_EVERY == 0;
            boolean inFlight = i >= events - 10;
            LaneHeaders headers = headers(i);
            String source = i == events / 2 ? "rare" : "source-" + random.nextInt(50);
            writes.add(new EventWrite(
                    headers,
                    "{\"event_id\":\"" + id(i) + "\",\"payload\":{\"text\":\"" + "x".repeat(400)
                            + "\"},\"metadata\":{\"source\":\"" + source + "\"}}"));
            writes.add(new StatusWrite(
                    new EventStatus(id(i), null, 1, failed || inFlight ? 0 : 1, failed && !inFlight ? 1 : 0)));
            writes.add(new DeliveryWrite(new StoredDelivery(
                    id(i),
                    failed ? DeliveryKind.DEAD_LETTERED : DeliveryKind.DELIVERED,
                    "t1",
                    null,
                    "https://example.com/hook",
                    1,
                    1,
                    1,
                    200,
                    12L,
                    null,
                    null,
                    "ok",
                    at(i),
                    null)));
            if (failed) {
                writes.add(new DeadLetterWrite(
                        new StoredDeadLetter(
                                id(i),
                                "t1",
                                null,
                                headers.eventType(),
                                "https://example.com/hook",
                                DeadLetterReason.MAX_ATTEMPTS,
                                "expected 2xx, got 500",
                                500,
                                3,
                                at(i)),
                        "{}"));
            }
        }
        return writes;
    }

    private LaneHeaders headers(int i) {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        String type = TYPES.get(random.nextInt(TYPES.size()));
        boolean rare = i == events / 3;
        return new LaneHeaders(
                new EventId(id(i)),
                rare ? "rare" : type,
                rare ? RARE : topic + "." + type,
                rare ? "audit.user" : topic,
                Priority.values()[random.nextInt(4)],
                at(i),
                at(i),
                null,
                1,
                null,
                null,
                null);
    }

    /** Ten events a second. */
    static Instant at(int i) {
        return Instant.parse("2026-11-01T00:00:00Z").plusMillis(100L * i);
    }

    static String id(int i) {
        return "evt_" + at(i).toEpochMilli() + "_" + i;
    }
}
