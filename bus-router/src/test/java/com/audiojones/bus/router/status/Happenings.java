package com.audiojones.bus.router.status;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What routers and dispatchers write about events, made by seed: retries, parkings, ends of every kind, repetitions. */
final class Happenings {

    private static final List<String> TOPICS = List.of("audit.user", "audit.data", "events.status");
    private static final int TYPES = 5;
    private static final int TARGETS = 12;
    private static final int MOST_MATCHED = 4;
    private static final int SPREAD_SECONDS = 180;
    private static final int LATEST_MILLIS = 5_000;

    private final Random random;
    private final Instant begin;
    private int events;

    Happenings(long seed, Instant begin) {
        this.random = new Random(seed);
        this.begin = begin;
    }

    /** All records of one more event, in the order in which they would be written. */
    List<ProducerRecord<byte[], byte[]>> next() {
        Deliveries event = event();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(event.lane());
        int matched = random.nextInt(MOST_MATCHED);
        if (matched == 0) {
            records.add(event.unmatched());
        }
        int first = random.nextInt(TARGETS);
        for (int i = 0; i < matched; i++) {
            records.addAll(pair(event, "target-" + (first + i) % TARGETS, matched));
        }
        return records;
    }

    /** In any order, and some of them several times. */
    List<ProducerRecord<byte[], byte[]>> disordered(List<ProducerRecord<byte[], byte[]>> records) {
        List<ProducerRecord<byte[], byte[]>> disordered = new ArrayList<>(records);
        for (int i = 0; i < records.size() / 2; i++) {
            disordered.add(records.get(random.nextInt(records.size())));
        }
        Collections.shuffle(disordered, random);
        return disordered;
    }

    private Deliveries event() {
        Instant at = begin.plusSeconds(random.nextInt(SPREAD_SECONDS));
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        String type = "type-" + random.nextInt(TYPES);
        Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
        Deliveries event = new Deliveries(new LaneHeaders(
                new EventId("evt_" + events++),
                type,
                topic + "." + type,
                topic,
                priority,
                at,
                at,
                null,
                1,
                null,
                null,
                null));
        return random.nextInt(8) == 0 ? event.replayed("rpl_" + events) : event;
    }

    private List<ProducerRecord<byte[], byte[]>> pair(Deliveries event, String target, int matched) {
        List<DeliveryKind> kinds = new ArrayList<>();
        if (random.nextInt(10) == 0) {
            kinds.add(DeliveryKind.PARKED);
        }
        for (int left = random.nextInt(3); left > 0; left--) {
            kinds.add(DeliveryKind.ATTEMPT_FAILED);
        }
        switch (random.nextInt(10)) {
            case 0 -> kinds.add(DeliveryKind.DEAD_LETTERED);
            case 1 -> kinds.add(DeliveryKind.EXPIRED);
            case 2 -> kinds.add(DeliveryKind.REMOVED);
            case 3 -> Collections.addAll(kinds, DeliveryKind.DEAD_LETTERED, DeliveryKind.DELIVERED);
            case 4 -> Collections.addAll(kinds, DeliveryKind.DELIVERED, DeliveryKind.DELIVERED);
            case 5 -> {}
            default -> kinds.add(DeliveryKind.DELIVERED);
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        int request = 0;
        for (DeliveryKind kind : kinds) {
            request += kind == DeliveryKind.PARKED ? 0 : 1;
            Instant at = event.event().ingestedAt().plusMillis(1 + random.nextInt(LATEST_MILLIS));
            records.add(event.outcome(target, kind, request, request, matched, at));
        }
        return records;
    }
}
