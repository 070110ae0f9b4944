package com.audiojones.bus.dispatcher.deliver;

import static com.audiojones.bus.dispatcher.deliver.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.dispatcher.http.HttpSender;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.target.AddressGuard;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryIntakeTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ManualClock clock = new ManualClock(NOW);
    private final KafkaSettings kafka = new KafkaSettings("localhost:9092", Map.of());
    private final AddressGuard guard = new AddressGuard(List.of());
    private final HttpSender sender = new HttpSender(guard, "test", 4);
    private final ManualTimer timer = new ManualTimer();
    private final LaneParts parts = new LaneParts(
            Lane.HIGH,
            4,
            new LaneShared(
                    new TargetReader(kafka, null, new AddressPolicy(guard, false), id -> {}, TargetVault.CLEAR),
                    new TargetControl(kafka, producer, Duration.ofDays(5), clock),
                    () -> LiveSettings.DEFAULTS,
                    new Precedence()),
            new Attempt(sender, null, Duration.ofSeconds(10), clock),
            new DurableWriter(producer, timer, Oversize::quarantined),
            new RetrySchedule(() -> LiveSettings.DEFAULTS, new Random(1)),
            new LaneMeters(new SimpleMeterRegistry(), Lane.HIGH),
            clock);
    private final EngineThread thread = new EngineThread("engine", () -> {}, worked -> 0, defect -> {
        throw new AssertionError(defect);
    });
    private final RetryIntake intake = new RetryIntake(parts, new LaneEngine(parts, thread), thread);

    @AfterEach
    void stop() {
        sender.close();
        timer.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "webhook.retry.high.2s,     0,       2000",
        "webhook.retry.high.2s,     500,     1500",
        "webhook.retry.high.2s,     1999,    1",
        "webhook.retry.high.2s,     2000,    0",
        "webhook.retry.high.2s,     7000000, 0",
        "webhook.retry.standard.1h, 60000,   3540000",
        "webhook.retry.low.16s,     15000,   1000"
    })
    void aRecordIsDueItsTiersDelayAfterItsAppend(String topic, long ageMillis, long waitMillis) {
        assertThat(waitMillis(topic, ageMillis)).isEqualTo(waitMillis);
    }

    @ParameterizedTest
    @CsvSource({"webhook.retry.high.2s, 1", "webhook.retry.high.2s, 86400000", "webhook.retry.high.1h, 3600000"})
    void aClockThatIsBehindCostsOneDelayAtMost(String topic, long behindMillis) {
        assertThat(waitMillis(topic, -behindMillis)).isEqualTo(waitMillis(topic, 0));
    }

    @ParameterizedTest
    @CsvSource({"bus.lane.high, 0", "webhook.retry.high.3s, 0"})
    void aRecordOfAnyOtherTopicIsDueAtOnce(String topic, long ageMillis) {
        assertThat(waitMillis(topic, ageMillis)).isZero();
    }

    private long waitMillis(String topic, long ageMillis) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                topic,
                0,
                0,
                NOW.toEpochMilli() - ageMillis,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
        return Duration.ofNanos(intake.waitNanos(record)).toMillis();
    }
}
