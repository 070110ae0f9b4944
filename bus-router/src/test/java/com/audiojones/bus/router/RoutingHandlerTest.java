package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.quarantine.QuarantineRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutingHandlerTest {

    private static final Instant APPENDED = Instant.parse("2026-03-01T12:00:42.500Z");
    private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition("audit.performance", 0);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final DurableWriter writer = new DurableWriter(producer, timer, (record, failure) -> record);
    private final DecisionLedger ledger = new DecisionLedger();
    private final AtomicInteger settled = new AtomicInteger();
    private final RoutingHandler handler = handler(APPENDED.plusSeconds(1), true);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whatIsRoutedOrInvalidIsSettledByItsAcknowledgement() throws InvalidRecordException {
        handler.take(record(0, event("kept-4")), settled::incrementAndGet);
        handler.take(record(1, "nonsense"), settled::incrementAndGet);

        assertThat(settled).hasValue(0);
        producer.completeNext();
        producer.completeNext();

        List<ProducerRecord<byte[], byte[]>> written = producer.history();
        assertThat(settled).hasValue(2);
        assertThat(written).extracting(ProducerRecord::topic).containsExactly("bus.lane.low", "bus.quarantine");
        assertThat(written.getFirst().key()).asString().isEqualTo("key");
        assertThat(LaneHeaders.read(written.getFirst().headers()).sampleRate()).isEqualTo(0.5);
        assertThat(QuarantineRecord.read(written.getLast().headers()).offset()).isEqualTo(1);
        assertThat(written.getLast().value()).asString().isEqualTo("nonsense");
    }

    @Test
    void whatIsSampledOutOrExpiredIsSettledAtOnceAndWritesNothing() {
        handler.take(record(0, event("out-0")), settled::incrementAndGet);
        handler(APPENDED.plusSeconds(10_000), true).take(record(1, event("kept-4")), settled::incrementAndGet);

        assertThat(settled).hasValue(2);
        assertThat(producer.history()).isEmpty();
        assertThat(counted("sampled_out", "none")).isEqualTo(1);
        assertThat(counted("expired", "none")).isEqualTo(1);
    }

    @Test
    void aFailureSettlesNothingAndNothingIsTakenOnUntilItIsMadeUpFor() {
        assertThat(handler.hasRoom()).isTrue();
        handler.take(record(0, event("kept-4")), settled::incrementAndGet);

        producer.errorNext(new NotEnoughReplicasException("one replica left"));

        assertThat(settled).hasValue(0);
        assertThat(handler.hasRoom()).isFalse();
    }

    @Test
    void anEventWhoseLaneTakesNothingSoLargeIsKeptInQuarantineAsItCame() throws InvalidRecordException {
        handler.take(record(7, event("kept-4")), settled::incrementAndGet);

        producer.errorNext(new RecordTooLargeException("the broker takes 1000 bytes"));
        producer.completeNext();

        assertThat(settled).hasValue(1);
        ProducerRecord<byte[], byte[]> kept = producer.history().getLast();
        QuarantineRecord why = QuarantineRecord.read(kept.headers());
        assertThat(why.topic()).isEqualTo("audit.performance");
        assertThat(why.offset()).isEqualTo(7);
        assertThat(why.reason()).isEqualTo("too large for bus.lane.low: the broker takes 1000 bytes");
        assertThat(kept.value()).asString().isEqualTo(event("kept-4"));
    }

    @Test
    void aRecordThatCannotBeReadIsKeptByItsPositionAndCountsNow() throws InvalidRecordException {
        ConsumerRecord<byte[], byte[]> place = new ConsumerRecord<>("audit.performance", 0, 7, null, null);
        handler.unreadable(place, "cannot be read: damaged", settled::incrementAndGet);

        assertThat(settled).hasValue(0);
        producer.completeNext();

        assertThat(settled).hasValue(1);
        QuarantineRecord why =
                QuarantineRecord.read(producer.history().getLast().headers());
        assertThat(why.offset()).isEqualTo(7);
        assertThat(why.reason()).isEqualTo("cannot be read: damaged");
        assertThat(counts(8).counts())
                .containsExactly(new DecisionRecord.Count(MINUTE, null, null, null, Decision.INVALID, 1));
    }

    @Test
    void nothingIsDecidedBeforeTheSettingsAreKnown() {
        assertThat(handler(APPENDED, false).hasRoom()).isFalse();
    }

    @Test
    void everyDecisionUpToAPositionIsCountedOnce() throws InvalidRecordException {
        handler.take(record(5, event("kept-4")), settled::incrementAndGet);
        handler.take(record(6, event("out-0")), settled::incrementAndGet);
        handler.take(record(7, "nonsense"), settled::incrementAndGet);
        handler.take(record(9, event("out-0")), settled::incrementAndGet);

        DecisionRecord first = counts(8);
        assertThat(List.of(first.fromOffset(), first.toOffset())).containsExactly(5L, 8L);
        assertThat(first.counts())
                .extracting(DecisionRecord.Count::minute, DecisionRecord.Count::name, DecisionRecord.Count::decision)
                .containsExactly(
                        tuple(MINUTE, "audit.performance.slow", Decision.ROUTED),
                        tuple(MINUTE, "audit.performance.slow", Decision.SAMPLED_OUT),
                        tuple(MINUTE, null, Decision.INVALID));

        assertThat(counts(8)).as("asked again after a failure").isEqualTo(first);
        ledger.committed(Map.of(PARTITION, 8L));
        assertThat(ledger.upTo(Map.of(PARTITION, 8L))).isEmpty();
        assertThat(counts(10).fromOffset()).isEqualTo(9);

        ledger.forget(PARTITION);
        assertThat(ledger.upTo(Map.of(PARTITION, 10L))).isEmpty();
    }

    @Test
    void manyNamesTakeSeveralRecords() throws InvalidRecordException {
        for (int i = 0; i < 2_500; i++) {
            handler.take(record(i, event("id-" + i, "t" + i)), settled::incrementAndGet);
        }

        List<ProducerRecord<byte[], byte[]>> records = ledger.upTo(Map.of(PARTITION, 2_500L));

        long counted = 0;
        for (ProducerRecord<byte[], byte[]> record : records) {
            counted += DecisionRecord.fromJson(record.value()).counts().stream()
                    .mapToLong(DecisionRecord.Count::count)
                    .sum();
        }
        assertThat(records).hasSize(3);
        assertThat(counted).isEqualTo(2_500);
    }

    private RoutingHandler handler(Instant now, boolean loaded) {
        LiveSettings half = new LiveSettings(
                Map.of("audit.performance", 0.5),
                Map.of(),
                LiveSettings.DEFAULTS.timeToLive(),
                LiveSettings.DEFAULTS.retryWaits());
        return new RoutingHandler(
                writer, ledger, () -> half, () -> loaded, new RouterMeters(metrics), Clock.fixed(now, ZoneOffset.UTC));
    }

    private DecisionRecord counts(long position) throws InvalidRecordException {
        List<ProducerRecord<byte[], byte[]>> records = ledger.upTo(Map.of(PARTITION, position));
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().topic()).isEqualTo("bus.decisions");
        assertThat(records.getFirst().key()).asString().isEqualTo("audit.performance-0");
        return DecisionRecord.fromJson(records.getFirst().value());
    }

    private double counted(String decision, String lane) {
        return metrics.counter("bus.router.records", "decision", decision, "lane", lane)
                .count();
    }

    private static String event(String id) {
        return event(id, "slow");
    }

    private static String event(String id, String type) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":1}";
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                APPENDED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                3,
                value.length(),
                "key".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
