package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.testkit.FreePort;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a publisher with a spool, with and without Kafka: whatever it called durable is in Kafka in the end. */
class SpoolKillIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ID = Pattern.compile("\"event_id\":\"(\\w+-\\d+)\"");
    private static final int ROUNDS = Boolean.getBoolean("ajbus.long") ? 10 : 3;

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    void whatWasDurableIsSentByWhoeverComesNext() throws Exception {
        int port = FreePort.next();
        Path spool = directory.resolve("spool");
        Set<String> durable = new TreeSet<>();
        EmbeddedBroker broker = Brokers.start(directory.resolve("kafka"), port);
        for (int round = 1; round <= ROUNDS; round++) {
            try (JavaProcess process = JavaProcess.start(
                    SpoolingProcess.class.getName(),
                    List.of("127.0.0.1:" + port, spool.toString(), "r" + round),
                    Map.of())) {
                awaitDurable(process, 200 + random.nextInt(800));
                broker.close();
                awaitDurable(process, durableOf(process).size() + 500 + random.nextInt(2_000));
                if (random.nextBoolean()) {
                    broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
                    Thread.sleep(random.nextInt(2_000));
                }
                process.kill();
                durable.addAll(durableOf(process));
            }
            broker.close();
            broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
        }

        try (EventBus bus = EventBus.connect(
                EventBusSettings.of("127.0.0.1:" + port, "next").withSpool(spool, 1_000_000))) {
            await().atMost(SOON).until(() -> bus.counts().spoolBytes() == 0);
        }
        Set<String> lost = new TreeSet<>(durable);
        lost.removeAll(idsInKafka(broker));
        System.err.println("SpoolKillIT: seed " + seed + ", durable " + durable.size() + ", lost " + lost.size());
        broker.close();
        assertThat(durable).hasSizeGreaterThan(ROUNDS * 600);
        assertThat(lost).isEmpty();
    }

    private static void awaitDurable(JavaProcess process, int count) {
        await().atMost(SOON).until(() -> durableOf(process).size() >= count);
    }

    private static Set<String> durableOf(JavaProcess process) {
        return process.output().stream()
                .filter(line -> line.startsWith("durable "))
                .map(line -> line.substring("durable ".length()))
                .collect(Collectors.toSet());
    }

    private static Set<String> idsInKafka(EmbeddedBroker broker) {
        Set<String> ids = new TreeSet<>();
        TestBus.scan(new KafkaSettings(broker.bootstrapServers(), Map.of()), "events.status", record -> {
            Matcher id = ID.matcher(new String(record.value(), UTF_8));
            if (id.find()) {
                ids.add(id.group(1));
            }
        });
        return ids;
    }
}
