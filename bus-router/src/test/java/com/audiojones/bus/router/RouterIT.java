package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two routers of their own processes, killed while they route: everything published is accounted for exactly once, and
 * the events kept are those that their ids say. {@code -Dajbus.long=true} takes a million.
 */
class RouterIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 1_000_000 : 60_000;
    private static final int KILLS = LONG ? 10 : 3;
    private static final int AT_ONCE = 2_000;
    private static final double SIGMAS = 4;

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Map<String, Map<Decision, Long>> counted = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void everythingPublishedIsAccountedForThoughRoutersAreKilled() throws Exception {
        System.err.println("RouterIT: seed " + seed + ", " + EVENTS + " records, " + KILLS + " kills");
        Published published = new Published(seed);
        List<JavaProcess> routers = new ArrayList<>();
        try (TestBus bus = TestBus.start(directory)) {
            try {
                routers.add(router(bus));
                routers.add(router(bus));
                publishAndKill(bus, published, routers);
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> recount(bus) >= EVENTS);
            } finally {
                routers.forEach(JavaProcess::close);
            }
            assertThat(recount(bus)).isEqualTo(EVENTS);
            judge(bus, published);
        }
    }

    /** Each kill comes right after a batch was written, when what came before it is being routed again. */
    private void publishAndKill(TestBus bus, Published published, List<JavaProcess> routers) throws Exception {
        Random random = new Random(seed);
        int killed = 0;
        long seen = 0;
        while (published.total() < EVENTS) {
            bus.write(published.next(AT_ONCE));
            if (killed < KILLS && published.total() >= (killed + 1L) * EVENTS / (KILLS + 1)) {
                long before = seen;
                await().atMost(Duration.ofMinutes(1)).until(() -> recount(bus) > before);
                seen = published.total();
                bus.write(published.next(AT_ONCE));
                routers.remove(random.nextInt(routers.size())).kill();
                System.err.println("RouterIT: kill " + ++killed + " with " + (published.total() - recount(bus))
                        + " records not committed");
                routers.add(router(bus));
            }
        }
    }

    private static JavaProcess router(TestBus bus) {
        return JavaProcess.start(
                RouterProcess.class.getName(), List.of(bus.kafka().bootstrapServers()), Map.of());
    }

    /** Sums {@code bus.decisions} up; gives how many records are decided on. */
    private long recount(TestBus bus) {
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

    private void judge(TestBus bus, Published published) {
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
        System.err.println("RouterIT: " + distinct + " kept, " + (written[0] - distinct) + " written twice, "
                + quarantined.size() + " quarantined, counted " + counted);
    }
}
