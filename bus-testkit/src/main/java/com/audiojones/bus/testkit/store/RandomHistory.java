package com.audiojones.bus.testkit.store;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Some hours of a bus, made up from a seed, with repeated, missing and contradicting records. */
final class RandomHistory {

    static final Duration LENGTH = Duration.ofHours(3);

    private static final int EVENTS = 200;

    private final Random random;
    private final List<StoreWrite> writes = new ArrayList<>();

    RandomHistory(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < EVENTS; i++) {
            addEvent(i);
        }
    }

    /** {@return all of it in an order that has nothing to do with time, a fifth of it twice} */
    List<StoreWrite> writes() {
        List<StoreWrite> all = new ArrayList<>(writes);
        all.addAll(writes.subList(0, writes.size() / 5));
        Collections.shuffle(all, random);
        return all;
    }

    private void addEvent(int i) {
        Instant at = SampleEvent.TIME.plusMillis(random.nextLong(LENGTH.toMillis()));
        String topic = random.nextBoolean() ? "audit.user" : "events.status";
        double rate = random.nextInt(4) == 0 ? 0.25 : 1;
        SampleEvent event = SampleEvent.of("evt_" + i, at, topic, topic + ".made", "made", rate);
        int fate = random.nextInt(10);
        if (fate == 0) {
            writes.add(quarantined(i, at));
            return;
        }
        if (fate != 1) {
            writes.add(event.event());
        }
        if (fate == 2) {
            writes.add(event.unmatched());
        } else if (fate > 3) {
            addPair(event, "t1");
            addPair(event, "t2");
        }
    }

    /** What a dispatcher may write about a pair: attempts, one parking, an end, the end again after a crash, redrives. */
    private void addPair(SampleEvent event, String target) {
        Instant at = event.headers().ingestedAt();
        boolean parked = false;
        int request = 0;
        while (random.nextInt(3) == 0) {
            at = at.plusMillis(random.nextLong(90_000));
            if (!parked && random.nextInt(3) == 0) {
                writes.add(event.delivery(DeliveryKind.PARKED, target, request, at));
                parked = true;
            } else {
                addFailedAttempt(event, target, ++request, at);
            }
        }
        for (int end = random.nextInt(3); end > 0; end--) {
            at = at.plusMillis(random.nextLong(90_000));
            addEnd(event, anyEnd(request == 0 && !parked), target, request, at);
        }
        for (int replay = 1; random.nextInt(3) == 0; replay++) {
            at = at.plusMillis(1 + random.nextLong(600_000));
            addReplay(event.replayedAs("replay_" + replay), target, at);
        }
    }

    /** Twice, as by a dispatcher that was killed before it committed. */
    private void addFailedAttempt(SampleEvent event, String target, int request, Instant at) {
        writes.add(event.delivery(DeliveryKind.ATTEMPT_FAILED, target, request, at));
        writes.add(event.delivery(DeliveryKind.ATTEMPT_FAILED, target, request, at.plusMillis(random.nextLong(3))));
    }

    private void addReplay(SampleEvent replay, String target, Instant at) {
        if (random.nextBoolean()) {
            addFailedAttempt(replay, target, 1, at);
        }
        if (random.nextInt(4) > 0) {
            addEnd(replay, anyEnd(false), target, 1, at.plusMillis(random.nextLong(5_000)));
        }
    }

    private void addEnd(SampleEvent event, DeliveryKind end, String target, int requests, Instant at) {
        boolean requested = end == DeliveryKind.DELIVERED;
        writes.add(event.delivery(end, target, requested ? requests + 1 : requests, at));
        if (end == DeliveryKind.DEAD_LETTERED || end == DeliveryKind.REMOVED) {
            writes.add(event.deadLetter(target, at));
        }
    }

    private DeliveryKind anyEnd(boolean untried) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> DeliveryKind.DEAD_LETTERED;
            case 2 -> DeliveryKind.REMOVED;
            case 3 -> untried ? DeliveryKind.EXPIRED : DeliveryKind.DEAD_LETTERED;
            default -> DeliveryKind.DELIVERED;
        };
    }

    static QuarantineWrite quarantined(int offset, Instant at) {
        QuarantineRecord record = new QuarantineRecord(
                "value: expected JSON", "router", "audit.user", 0, offset, at.toEpochMilli(), 3, "abc");
        return new QuarantineWrite(record, null, "AAAA", at);
    }
}
