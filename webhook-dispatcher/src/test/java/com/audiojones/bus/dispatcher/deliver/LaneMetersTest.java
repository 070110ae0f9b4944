package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.lane.Lane;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneMetersTest {

    private static final List<DeliveryKind> ENDS =
            List.of(DeliveryKind.DELIVERED, DeliveryKind.DEAD_LETTERED, DeliveryKind.EXPIRED, DeliveryKind.REMOVED);
    private static final List<String> OPEN = List.of("in-hand", "retrying", "parked");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatWasMatchedIsAlwaysSomewhere(long seed) {
        Random random = new Random(seed);
        Map<Lane, LaneMeters> meters = new EnumMap<>(Lane.class);
        Map<Lane, int[]> open = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            meters.put(lane, new LaneMeters(registry, lane));
            open.put(lane, new int[OPEN.size()]);
        }

        for (int step = 0; step < 2_000; step++) {
            Lane lane = Lane.values()[random.nextInt(3)];
            move(meters.get(lane), open.get(lane), random);
            for (Lane each : Lane.values()) {
                assertBalance(each, open.get(each), "seed " + seed + ", step " + step + ", lane " + each);
            }
        }
    }

    @Test
    void endsAreCountedByTargetToo() {
        LaneMeters meters = new LaneMeters(registry, Lane.HIGH);
        meters.matched(2);

        meters.ended(DeliveryKind.DELIVERED, "tgt_1");
        meters.ended(DeliveryKind.DEAD_LETTERED, "tgt_2");
        meters.attemptFailed("tgt_2");

        assertThat(target("tgt_1", "delivered")).isEqualTo(1);
        assertThat(target("tgt_1", "dead-lettered")).isZero();
        assertThat(target("tgt_2", "dead-lettered")).isEqualTo(1);
        assertThat(target("tgt_2", "failed")).isEqualTo(1);
    }

    @Test
    void targetsBeyondTwoHundredAreCountedTogether() {
        LaneMeters meters = new LaneMeters(registry, Lane.LOW);

        for (int i = 0; i < 250; i++) {
            meters.attemptFailed("tgt_" + i);
        }

        assertThat(registry.find("bus.dispatcher.target")
                        .tag("result", "failed")
                        .counters())
                .hasSize(201);
        assertThat(target("other", "failed")).isEqualTo(50);
    }

    @Test
    void theTimeOfARequestIsSplitByWhereItWent() {
        LaneMeters meters = new LaneMeters(registry, Lane.HIGH);

        meters.requested(Duration.ofMillis(5), new Timing(Duration.ofMillis(2), Duration.ofMillis(17)));

        assertThat(List.of("queue", "connect", "response").stream().map(this::millis))
                .containsExactly(5.0, 2.0, 15.0);
    }

    private static void move(LaneMeters meters, int[] open, Random random) {
        int from = random.nextInt(OPEN.size() + 1);
        if (from == OPEN.size()) {
            int targets = 1 + random.nextInt(5);
            meters.matched(targets);
            open[0] += targets;
        } else if (open[from] == 0) {
            meters.unmatched();
        } else if (from > 0) {
            meters.taken(from == 2);
            open[from]--;
            open[0]++;
        } else if (random.nextInt(3) == 0) {
            meters.ended(ENDS.get(random.nextInt(ENDS.size())), "tgt_" + random.nextInt(3));
            open[0]--;
        } else {
            boolean parked = random.nextBoolean();
            meters.putBack(parked);
            open[0]--;
            open[parked ? 2 : 1]++;
        }
    }

    private void assertBalance(Lane lane, int[] open, String where) {
        double somewhere = 0;
        for (int i = 0; i < OPEN.size(); i++) {
            double value = registry.get("bus.dispatcher.pairs.open")
                    .tags("lane", lane.label(), "state", OPEN.get(i))
                    .gauge()
                    .value();
            assertThat(value).as("%s, %s", where, OPEN.get(i)).isEqualTo(open[i]);
            somewhere += value;
        }
        for (DeliveryKind kind : ENDS) {
            somewhere += registry.get("bus.dispatcher.pairs")
                    .tags("lane", lane.label(), "outcome", kind.label())
                    .counter()
                    .count();
        }
        assertThat(somewhere)
                .as(where)
                .isEqualTo(registry.get("bus.dispatcher.matched")
                        .tag("lane", lane.label())
                        .counter()
                        .count());
    }

    private double target(String id, String result) {
        return registry.get("bus.dispatcher.target")
                .tags("target", id, "result", result)
                .counter()
                .count();
    }

    private double millis(String part) {
        return registry.get("bus.dispatcher.request").tag("part", part).timer().totalTime(TimeUnit.MILLISECONDS);
    }
}
