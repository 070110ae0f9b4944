package com.audiojones.bus.router.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that count, killed while they do: what they have written in the end is what sets of ids from the topics
 * say. {@code -Dajbus.long=true} takes more events and kills.
 */
class StatusIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 200_000 : 12_000;
    private static final int KILLS = LONG ? 6 : 2;
    private static final int AT_ONCE = 500;
    private static final Duration END = Duration.ofMinutes(4);

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<JavaProcess> processes = new ArrayList<>();
    private long sampledOut;
    private int started;

    @TempDir
    private Path directory;

    @Test
    void whatIsCountedIsWhatTheTopicsHoldThoughProcessesAreKilled() throws Exception {
        System.err.println("StatusIT: seed " + seed + ", " + EVENTS + " events, " + KILLS + " kills");
        try (TestBus bus = TestBus.start(directory.resolve("kafka"))) {
            try {
                processes.add(process(bus));
                processes.add(process(bus));
                writeAndKill(bus);
                Recount recount = recount(bus);
                Counts decided = Counts.of(Map.of(Measure.SAMPLED_OUT, sampledOut));

                await().atMost(END)
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> counts(bus, false).get(Measure.ROUTED)
                                        >= recount.counts(false).get(Measure.ROUTED)
                                && counts(bus, false)
                                        .equals(recount.counts(false).plus(decided)));
                assertThat(counts(bus, true)).isEqualTo(recount.counts(true));
                assertThat(byTarget(bus)).isEqualTo(recount.byTarget());
                assertThat(statuses(bus)).isEqualTo(recount.statuses());
                System.err.println("StatusIT: " + counts(bus, false) + ", replays " + counts(bus, true));
            } finally {
                processes.forEach(JavaProcess::close);
            }
        }
    }

    private void writeAndKill(TestBus bus) throws Exception {
        Happenings happenings = new Happenings(seed, Instant.now().minusSeconds(600));
        int killed = 0;
        for (int written = 0; written < EVENTS; written += AT_ONCE) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                records.addAll(happenings.next());
            }
            bus.write(happenings.disordered(records));
            bus.write(List.of(decisions()));
            if (killed < KILLS && written >= (killed + 1L) * EVENTS / (KILLS + 1)) {
                killed++;
                long before = counts(bus, false).get(Measure.ROUTED);
                await().atMost(END)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> counts(bus, false).get(Measure.ROUTED) > before);
                processes.remove(random.nextInt(processes.size())).kill();
                System.err.println("StatusIT: kill " + killed + " after "
                        + counts(bus, false).get(Measure.ROUTED) + " of about " + written + " events");
                processes.add(process(bus));
            }
        }
    }

    private ProducerRecord<byte[], byte[]> decisions() {
        long count = 1 + random.nextInt(100);
        sampledOut += count;
        DecisionRecord record = new DecisionRecord(
                "audit.data",
                0,
                sampledOut - count,
                sampledOut,
                List.of(new DecisionRecord.Count(
                        Instant.now(), "audit.data.query", "query", Priority.P2, Decision.SAMPLED_OUT, count)));
        return new ProducerRecord<>(Topics.DECISIONS, record.toJson());
    }

    private JavaProcess process(TestBus bus) {
        return JavaProcess.start(
                StatusProcess.class.getName(),
                List.of(
                        bus.kafka().bootstrapServers(),
                        directory.resolve("status-" + started++).toString()),
                Map.of());
    }

    private static Recount recount(TestBus bus) {
        Recount recount = new Recount();
        Stream.concat(Stream.of(Lane.values()).map(Lane::topic), Stream.of(Topics.DELIVERIES))
                .forEach(topic -> bus.scan(topic, record -> recount.add(topic, record.headers(), record.value())));
        return recount;
    }

    /** The latest record of each bucket. */
    private static Map<String, StatsBucket> buckets(TestBus bus) {
        Map<String, StatsBucket> buckets = new TreeMap<>();
        bus.scan(Topics.STATS, record -> {
            try {
                buckets.put(new String(record.key(), StandardCharsets.UTF_8), StatsBucket.fromJson(record.value()));
            } catch (InvalidRecordException e) {
                throw new AssertionError(e);
            }
        });
        return buckets;
    }

    private static Counts counts(TestBus bus, boolean replays) {
        return Buckets.counts(buckets(bus).values(), replays);
    }

    private static Map<String, Counts> byTarget(TestBus bus) {
        return Buckets.byTarget(buckets(bus).values());
    }

    private static Map<String, EventStatus> statuses(TestBus bus) {
        Map<String, EventStatus> statuses = new HashMap<>();
        bus.scan(Topics.EVENT_STATUS, record -> {
            try {
                statuses.put(new String(record.key(), StandardCharsets.UTF_8), EventStatus.fromJson(record.value()));
            } catch (InvalidRecordException e) {
                throw new AssertionError(e);
            }
        });
        return statuses;
    }
}
