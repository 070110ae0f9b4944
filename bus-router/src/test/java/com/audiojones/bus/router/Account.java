package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a bus holds of what was published to it. */
final class Account {

    private static final double SIGMAS = 4;

    private final TestBus bus;
    private final Map<String, Map<Decision, Long>> counted = new HashMap<>();

    Account(TestBus bus) {
        this.bus = bus;
    }

    /** Sums {@code bus.decisions} up; gives how many records are decided on. */
    long recount() {
        counted.clear();
        bus.scan(Topics.DECISIONS, record -> {
            try {
                for (DecisionRecord.Count count :
                        DecisionRecord.fromJson(record.value()).counts()) {
                    counted.computeIfAbsent(String.valueOf(count.name()), any -> new HashMap<>())
                            .merge(count.decision(), count.count(), Long::sum);
                }
            } catch (InvalidRecordException e) {
                throw new AssertionError(e);
            }
        });
        return counted.values().stream()
                .flatMap(byDecision -> byDecision.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Asserts that everything that was published is accounted for once, and that what is kept is what ids say. */
    void judge(Published published) {
        Map<String, Set<String>> kept = new HashMap<>();
        long[] written = {0};
        for (Lane lane : Lane.values()) {
            bus.scan(lane.topic(), record -> {
                try {
                    LaneHeaders headers = LaneHeaders.read(record.headers());
                    kept.computeIfAbsent(headers.name(), any -> new HashSet<>())
                            .add(headers.eventId().value());
                    written[0]++;
                } catch (InvalidRecordException e) {
                    throw new AssertionError(e);
                }
            });
        }
        Set<String> quarantined = new HashSet<>();
        bus.scan(Topics.QUARANTINE, record -> {
            try {
                QuarantineRecord why = QuarantineRecord.read(record.headers());
                quarantined.add(why.topic() + "-" + why.partition() + "@" + why.offset());
            } catch (InvalidRecordException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(quarantined).hasSize(Math.toIntExact(published.malformed()));
        assertThat(counted.get("null")).isEqualTo(Map.of(Decision.INVALID, published.malformed()));
        long distinct = 0;
        for (Published.Kind kind : Published.kinds()) {
            Set<String> ids = kept.getOrDefault(kind.name(), Set.of());
            long of = published.of(kind.name());
            long out = counted.get(kind.name()).getOrDefault(Decision.SAMPLED_OUT, 0L);
            distinct += ids.size();
            assertThat(ids).as(kind.name()).allMatch(id -> Published.isKept(id, kind.rate()));
            assertThat(ids.size() + out).as(kind.name()).isEqualTo(of);
            assertThat(counted.get(kind.name())).containsEntry(Decision.ROUTED, (long) ids.size());
            assertThat((double) ids.size())
                    .as(kind.name())
                    .isCloseTo(
                            of * kind.rate(), within(SIGMAS * Math.sqrt(of * kind.rate() * (1 - kind.rate())) + 1e-9));
        }
        System.err.println("Router: " + distinct + " kept, " + (written[0] - distinct) + " written twice, "
                + quarantined.size() + " quarantined, counted " + counted);
    }

    /** The ids of each lane's events. */
    Map<String, Set<String>> lanes() {
        Map<String, Set<String>> lanes = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            bus.scan(lane.topic(), record -> {
                try {
                    lanes.computeIfAbsent(lane.topic(), any -> new TreeSet<>())
                            .add(LaneHeaders.read(record.headers()).eventId().value());
                } catch (InvalidRecordException e) {
                    throw new AssertionError(e);
                }
            });
        }
        return lanes;
    }
}
