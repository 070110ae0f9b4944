package com.audiojones.bus.router.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTopologyTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path directory;

    private Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(directory, NOW);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void whatIsCountedIsWhatSetsOfIdsSay() throws Exception {
        Happenings happenings = new Happenings(1, NOW);
        Recount recount = new Recount();
        for (int i = 0; i < 300; i++) {
            for (ProducerRecord<byte[], byte[]> record : happenings.next()) {
                driver.write(record, NOW);
                recount.add(record.topic(), record.headers(), record.value());
            }
        }

        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.statuses()).isEqualTo(recount.statuses());
        assertThat(driver.counts(false)).isEqualTo(recount.counts(false));
        assertThat(driver.counts(true)).isEqualTo(recount.counts(true));
        assertThat(driver.byTarget()).isEqualTo(recount.byTarget());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void neitherOrderNorRepetitionChangesAnything(long seed) throws Exception {
        Happenings happenings = new Happenings(seed, NOW);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.addAll(happenings.next());
        }
        for (ProducerRecord<byte[], byte[]> record : records) {
            driver.write(record, NOW);
        }
        driver.pass(Duration.ofSeconds(1));
        try (Driver other = new Driver(directory.resolve("other"), NOW)) {
            for (ProducerRecord<byte[], byte[]> record : happenings.disordered(records)) {
                other.write(record, NOW);
            }
            other.pass(Duration.ofSeconds(1));

            assertThat(other.statuses()).isEqualTo(driver.statuses()).isNotEmpty();
            assertThat(other.buckets()).isEqualTo(driver.buckets()).isNotEmpty();
            assertThat(other.pairs()).isEqualTo(driver.pairs()).isNotEmpty();
        }
    }

    @Test
    void anEventFaresAsItsTargetsDo() throws Exception {
        Deliveries event = new Deliveries("evt_1", NOW);
        driver.write(event.lane(), NOW);
        assertThat(driver.statuses()).as("nobody has matched it yet").isEmpty();

        driver.write(event.outcome("a", DeliveryKind.ATTEMPT_FAILED, 1, 2), NOW);
        driver.write(event.outcome("b", DeliveryKind.DELIVERED, 1, 2), NOW);
        driver.write(event.outcome("a", DeliveryKind.DEAD_LETTERED, 3, 2), NOW);

        assertThat(driver.statuses().get("evt_1").dispatchedTo()).isEqualTo(2);
        assertThat(driver.statuses().get("evt_1").deliverySuccess()).isEqualTo(1);
        assertThat(driver.statuses().get("evt_1").deliveryFailed()).isEqualTo(1);
    }

    @Test
    void aRecordThatWasThereBeforeWritesNothing() throws Exception {
        Deliveries event = new Deliveries("evt_1", NOW);
        driver.write(event.lane(), NOW);
        driver.write(event.outcome("a", DeliveryKind.DELIVERED, 1, 1), NOW);
        driver.statuses();
        int written = driver.statusesWritten();

        driver.write(event.lane(), NOW.plusSeconds(1));
        driver.write(event.outcome("a", DeliveryKind.DELIVERED, 1, 1), NOW.plusSeconds(1));
        driver.statuses();

        assertThat(written).isEqualTo(1);
        assertThat(driver.statusesWritten()).isEqualTo(1);
    }

    @Test
    void aReplayHasARowAndCountsOfItsOwn() throws Exception {
        Deliveries original = new Deliveries("evt_1", NOW.minus(Duration.ofDays(6)));
        driver.write(original.lane(), NOW);
        driver.write(original.outcome("a", DeliveryKind.DEAD_LETTERED, 1, 1), NOW);
        Deliveries replay = original.replayed("rpl_1");
        driver.write(replay.lane(), NOW);
        driver.write(replay.outcome("a", DeliveryKind.DELIVERED, 1, 1), NOW);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.statuses().get("evt_1").deliveryFailed()).isEqualTo(1);
        assertThat(driver.statuses().get("evt_1").deliverySuccess()).isZero();
        assertThat(driver.statuses().get("evt_1/rpl_1").deliverySuccess()).isEqualTo(1);
        assertThat(driver.counts(false).get(Measure.DELIVERED)).isZero();
        assertThat(driver.counts(true).get(Measure.DELIVERED)).isEqualTo(1);
        assertThat(driver.buckets().keySet())
                .contains("2026-11-27T12:00:00.000Z/replay/audit.user/user.login/P1")
                .contains("2026-11-21T12:00:00.000Z/original/audit.user/user.login/P1");
    }

    @Test
    void decisionsAreCountedButForRoutedOnes() throws Exception {
        DecisionRecord decisions = new DecisionRecord(
                "audit.data",
                1,
                100,
                200,
                List.of(
                        count("query", Priority.P2, Decision.ROUTED, 10),
                        count("query", Priority.P2, Decision.SAMPLED_OUT, 80),
                        count("query", Priority.P2, Decision.EXPIRED, 7),
                        new DecisionRecord.Count(NOW, null, null, null, Decision.INVALID, 3)));

        driver.write(new ProducerRecord<>(Topics.DECISIONS, decisions.toJson()), NOW);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.counts(false).toMap())
                .isEqualTo(Map.of(Measure.SAMPLED_OUT, 80L, Measure.EXPIRED_UNROUTED, 7L, Measure.INVALID, 3L));
        assertThat(driver.buckets().keySet())
                .containsExactly(
                        "2026-11-27T12:00:00.000Z/original/audit.data//",
                        "2026-11-27T12:00:00.000Z/original/audit.data/query/P2");
    }

    @Test
    void beyondTheFirstTypesOfAMinuteAllAreOther() throws Exception {
        int more = 30;
        List<DecisionRecord.Count> counts = new ArrayList<>();
        for (int i = 0; i < StatsKey.MAX_TYPES + more; i++) {
            counts.add(count("type-" + i, Priority.P1, Decision.SAMPLED_OUT, 2));
        }
        byte[] decisions = new DecisionRecord("audit.user", 0, 0, 500, counts).toJson();

        driver.write(new ProducerRecord<>(Topics.DECISIONS, decisions), NOW);
        driver.write(new ProducerRecord<>(Topics.DECISIONS, decisions), NOW);
        driver.pass(Duration.ofSeconds(1));

        Map<String, StatsBucket> buckets = driver.buckets();
        assertThat(buckets).hasSize(StatsKey.MAX_TYPES + 1);
        assertThat(buckets.get("2026-11-27T12:00:00.000Z/original/audit.user/other/P1")
                        .counts())
                .isEqualTo(Counts.of(Map.of(Measure.SAMPLED_OUT, 4L * more)));
        assertThat(driver.counts(false).get(Measure.SAMPLED_OUT)).isEqualTo(4L * (StatsKey.MAX_TYPES + more));
    }

    @Test
    void whatCannotBeReadIsQuarantinedAndPassedOver() throws Exception {
        ProducerRecord<byte[], byte[]> headless = new ProducerRecord<>("bus.lane.high", bytes("k"), bytes("{}"));
        driver.write(headless, NOW);
        driver.write(new ProducerRecord<>(Topics.DELIVERIES, bytes("k"), bytes("[1]")), NOW);
        driver.write(new ProducerRecord<>(Topics.DECISIONS, bytes("k"), bytes("nothing")), NOW);
        driver.write(new Deliveries("evt_1", NOW).unmatched(), NOW);

        assertThat(driver.statuses()).containsOnlyKeys("evt_1");
        List<TestRecord<byte[], byte[]>> quarantined = driver.quarantined();
        assertThat(quarantined).hasSize(3);
        QuarantineRecord first = QuarantineRecord.read(quarantined.getFirst().headers());
        assertThat(first.topic()).isEqualTo("bus.lane.high");
        assertThat(first.stage()).isEqualTo("status");
        assertThat(first.reason()).contains("event-id");
        assertThat(quarantined.getFirst().value()).isEqualTo(bytes("{}"));
    }

    private static DecisionRecord.Count count(String type, Priority priority, Decision decision, long count) {
        return new DecisionRecord.Count(NOW, "audit." + type, type, priority, decision, count);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
