package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk turned a byte of a batch round: what is in that batch is kept by its position, all around it is routed. */
class DamagedLogIT {

    private static final int BATCHES = 3;
    private static final int OF_EACH = 20;

    @TempDir
    private Path directory;

    @Test
    void aBatchThatCannotBeReadIsQuarantinedByPositionAndPassedOver() throws Exception {
        try (TestBus bus = TestBus.start(directory)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                bus.write(batch(batch));
            }
        }
        damage("e-1-0");
        try (TestBus bus = TestBus.start(directory);
                LiveSettingsReader live = new LiveSettingsReader(bus.kafka());
                RouterService router = new RouterService(
                        RouterSettings.read(Settings.open(null, Map.of(), Map.of())),
                        bus.kafka(),
                        live,
                        new SimpleMeterRegistry(),
                        Clock.systemUTC())) {
            live.start();
            router.start();
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> counted(bus) == BATCHES * OF_EACH);

            Set<String> routed = new Account(bus).lanes().get("bus.lane.standard");
            List<Long> kept = new ArrayList<>();
            bus.scan(Topics.QUARANTINE, record -> {
                try {
                    QuarantineRecord why = QuarantineRecord.read(record.headers());
                    assertThat(why.topic()).isEqualTo("audit.user");
                    assertThat(why.reason()).startsWith("cannot be read: ");
                    assertThat(record.value()).isEmpty();
                    kept.add(why.offset());
                } catch (InvalidRecordException e) {
                    throw new AssertionError(e);
                }
            });
            System.err.println("DamagedLogIT: routed " + routed.size() + ", kept by position " + kept);
            assertThat(kept).doesNotHaveDuplicates().hasSizeBetween(1, OF_EACH);
            assertThat(routed).hasSize(BATCHES * OF_EACH - kept.size()).contains("e-0-0", "e-2-0");
            assertThat(router.notReady()).isEmpty();
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> batch(int batch) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            String json = "{\"id\":\"e-" + batch + "-" + i
                    + "\",\"type\":\"login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":{}}";
            records.add(new ProducerRecord<>("audit.user", 0, null, json.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    /** Turns a byte of the record with this id round, in the broker's log. */
    private void damage(String id) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            Path segment = files.filter(file -> file.toString().contains("audit.user-0/")
                            && file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            String content = Files.readString(segment, StandardCharsets.ISO_8859_1);
            int at = content.indexOf(id);
            assertThat(at).isPositive();
            byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            bytes[at] = (byte) ~bytes[at];
            Files.write(segment, bytes);
        }
    }

    private static long counted(TestBus bus) {
        long[] sum = {0};
        bus.scan(Topics.DECISIONS, record -> {
            try {
                for (DecisionRecord.Count count :
                        DecisionRecord.fromJson(record.value()).counts()) {
                    assertThat(count.decision()).isIn(Decision.ROUTED, Decision.INVALID);
                    sum[0] += count.count();
                }
            } catch (InvalidRecordException e) {
                throw new AssertionError(e);
            }
        });
        return sum[0];
    }
}
