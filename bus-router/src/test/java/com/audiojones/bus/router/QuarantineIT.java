package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood of records that are no events: all of them are kept, and the router lives. {@code -Dajbus.long=true}: a million. */
class QuarantineIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int RECORDS = LONG ? 1_000_000 : 20_000;
    private static final int LARGE_ONE_IN = 50;
    private static final int LARGE = 128 * 1024;
    private static final int AT_ONCE = 1_000;
    private static final int AUDIT_TOPICS = 11;
    private static final double FLAT = 1.5;
    private static final Pattern HEAP = Pattern.compile("^heap (\\d+)$");

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());

    @TempDir
    private Path directory;

    @Test
    void everyMalformedRecordIsKeptAndTheRouterGoesOn() throws Exception {
        System.err.println("QuarantineIT: seed " + seed + ", " + RECORDS + " records of "
                + Malformed.kinds().size() + " kinds");
        try (TestBus bus = TestBus.start(directory);
                JavaProcess router = JavaProcess.start(
                        RouterProcess.class.getName(), List.of(bus.kafka().bootstrapServers()), Map.of())) {
            publish(bus);
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> invalid(bus) >= RECORDS);

            assertThat(invalid(bus)).isEqualTo(RECORDS);
            Map<String, BitSet> kept = new HashMap<>();
            Set<String> reasons = new HashSet<>();
            bus.scan(Topics.QUARANTINE, record -> {
                QuarantineRecord why = read(record.headers());
                kept.computeIfAbsent(why.topic() + "-" + why.partition(), any -> new BitSet())
                        .set(Math.toIntExact(why.offset()));
                reasons.add(why.reason().replaceAll("[^a-zA-Z: ].*", ""));
                assertThat(record.value().length).isEqualTo(why.valueBytes());
            });
            assertThat(kept.values().stream().mapToLong(BitSet::cardinality).sum())
                    .isEqualTo(RECORDS);
            assertThat(reasons).hasSizeGreaterThan(10);
            assertFlat(router);
        }
    }

    private void publish(TestBus bus) throws Exception {
        Random random = new Random(seed);
        List<Malformed> kinds = Malformed.kinds();
        List<String> topics = Topics.ingest().subList(0, AUDIT_TOPICS);
        for (int done = 0; done < RECORDS; done += AT_ONCE) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(AT_ONCE);
            while (records.size() < AT_ONCE) {
                byte[] value = kinds.get(random.nextInt(kinds.size())).make().apply(random);
                if (value.length < LARGE || random.nextInt(LARGE_ONE_IN) == 0) {
                    records.add(new ProducerRecord<>(topics.get(random.nextInt(AUDIT_TOPICS)), value));
                }
            }
            bus.write(records);
        }
    }

    private static long invalid(TestBus bus) {
        long[] sum = {0};
        bus.scan(Topics.DECISIONS, record -> {
            try {
                for (DecisionRecord.Count count :
                        DecisionRecord.fromJson(record.value()).counts()) {
                    assertThat(count.decision()).isEqualTo(Decision.INVALID);
                    sum[0] += count.count();
                }
            } catch (InvalidRecordException e) {
                throw new AssertionError(e);
            }
        });
        return sum[0];
    }

    private static QuarantineRecord read(Headers headers) {
        try {
            return QuarantineRecord.read(headers);
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    /** Live heap after full collections, which the router's process prints; it has 256 MiB. */
    private static void assertFlat(JavaProcess router) {
        await().atMost(Duration.ofSeconds(30)).until(() -> heap(router).size() > 3);
        List<Long> heap = heap(router);
        System.err.println("QuarantineIT: live heap of the router in MiB: "
                + heap.stream().map(bytes -> bytes / 1024 / 1024).toList());
        int half = heap.size() / 2;
        assertThat((double) max(heap.subList(half, heap.size()))).isLessThan(FLAT * max(heap.subList(0, half)));
    }

    private static List<Long> heap(JavaProcess router) {
        return router.output().stream()
                .map(HEAP::matcher)
                .filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .toList();
    }

    private static long max(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
}
