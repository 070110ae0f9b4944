package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.publish.AjEvent;
import com.audiojones.bus.publish.AjEventType;
import com.audiojones.bus.publish.PublishListener;
import com.audiojones.bus.publish.Published;
import com.audiojones.bus.publish.SpoolFullException;
import com.audiojones.bus.testkit.FreePort;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away while events are published: with a spool none is lost, and those of a key stay in order. */
@Timeout(180)
class SpoolIT {

    private static final Pattern PAYLOAD = Pattern.compile("\"payload\":(\\d+)");
    private static final int KEYS = 7;

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final int port = FreePort.next();
    private final List<Boolean> spooling = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws InterruptedException {
        broker = Brokers.start(directory.resolve("kafka"), port);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void outagesLoseNothingAndChangeNoOrder() throws Exception {
        System.err.println("SpoolIT: seed " + seed);
        List<CompletableFuture<Published>> outcomes = new ArrayList<>();
        try (EventBus bus = EventBus.connect(settings(64L * 1024 * 1024))) {
            for (int outage = 0; outage < 2; outage++) {
                publish(bus, outcomes, 1_000);
                broker.close();
                publish(bus, outcomes, 1_000 + random.nextInt(1_000));
                await().atMost(Duration.ofSeconds(30)).until(() -> bus.counts().spoolBytes() > 0);
                publish(bus, outcomes, 500);
                broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
                publish(bus, outcomes, 1_000);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> bus.counts().spoolBytes() == 0 && !spooling.getLast());
            }
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(bus.counts().failed()).isZero();
            assertThat(bus.counts().spooled()).isGreaterThan(1_000);
            assertThat(bus.counts().inFlight()).isZero();
            assertThat(spooling).hasSizeGreaterThanOrEqualTo(4).startsWith(true).endsWith(false);
        }

        judge(outcomes.size());
    }

    @Test
    void whatAProcessLeavesInTheSpoolTheNextOneSends() throws Exception {
        broker.close();
        List<CompletableFuture<Published>> outcomes = new ArrayList<>();
        try (EventBus bus = EventBus.connect(settings(64L * 1024 * 1024))) {
            publish(bus, outcomes, 300);
        }
        for (CompletableFuture<Published> outcome : outcomes) {
            assertThat(outcome.get(1, TimeUnit.SECONDS).position()).isNull();
        }
        broker = EmbeddedBroker.start(directory.resolve("kafka"), port);

        try (EventBus bus = EventBus.connect(settings(64L * 1024 * 1024))) {
            publish(bus, outcomes, 300);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bus.counts().spoolBytes() == 0 && bus.counts().inFlight() == 0);
        }

        judge(600);
    }

    @Test
    void whatKafkaNeverTakesIsSetAsideAndNothingElse() throws Exception {
        try (Admin admin = Admin.create(new KafkaSettings("127.0.0.1:" + port, Map.of()).admin("test"))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "events.status");
            AlterConfigOp small =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(small))).all().get(30, TimeUnit.SECONDS);
        }
        broker.close();
        List<CompletableFuture<Published>> outcomes = new ArrayList<>();
        try (EventBus bus = EventBus.connect(settings(64L * 1024 * 1024))) {
            publish(bus, outcomes, 100);
            for (int i = 0; i < 3; i++) {
                outcomes.add(bus.publish(AjEvent.of(AjEventType.STATUS_CHANGE, "x".repeat(50_000))
                        .withId("large-" + i)
                        .withKey("key-" + i)));
                publish(bus, outcomes, 99);
            }
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
            await().atMost(Duration.ofSeconds(60)).until(() -> bus.counts().spoolBytes() == 0);
            assertThat(bus.counts().failed()).isEqualTo(3);
        }

        assertThat(Files.readAllLines(directory.resolve("spool/events.status/set-aside.ndjson")))
                .hasSize(3)
                .allMatch(line -> line.contains("\"eventId\":\"large-"));
        judge(397);
    }

    @Test
    void anApplicationStartsWhileKafkaIsAway() throws Exception {
        broker.close();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (EventBus bus = EventBus.connect(settings(64L * 1024 * 1024))) {
            bus.subscribe("status_change", event -> seen.add(event.id()));
            List<CompletableFuture<Published>> outcomes = new ArrayList<>();
            publish(bus, outcomes, 10);
            bus.flush(Duration.ofSeconds(20));
            assertThat(bus.notReady())
                    .anyMatch(line -> line.startsWith("publisher: ") && line.endsWith("wait in the spool for Kafka"))
                    .anyMatch(line -> line.startsWith("the subscription to status_change waits: Kafka at"));

            broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
            try (TestBus kafka = TestBus.of(broker)) {
                kafka.write(List.of(LaneRecords.of("routed", "status_change", Priority.P1, null)));
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> bus.notReady().isEmpty() && seen.contains("routed"));
        }

        judge(10);
    }

    @Test
    void aFullSpoolFailsWhatDoesNotFitAndKeepsTheRest() throws Exception {
        broker.close();
        List<CompletableFuture<Published>> outcomes = new ArrayList<>();
        try (EventBus bus = EventBus.connect(settings(20_000))) {
            publish(bus, outcomes, 300);
            bus.flush(Duration.ofSeconds(20));
        }
        List<CompletableFuture<Published>> kept = outcomes.stream()
                .filter(outcome -> !outcome.isCompletedExceptionally())
                .toList();
        assertThat(kept).hasSizeBetween(50, 250);
        outcomes.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(outcome -> assertThat(
                        outcome.exceptionNow())
                .isInstanceOf(SpoolFullException.class)
                .hasMessageContaining("20000 bytes"));
        broker = EmbeddedBroker.start(directory.resolve("kafka"), port);

        try (EventBus bus = EventBus.connect(settings(20_000))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> bus.counts().spoolBytes() == 0);
        }

        judge(kept.size());
    }

    private void publish(EventBus bus, List<CompletableFuture<Published>> outcomes, int count) {
        for (int i = 0; i < count; i++) {
            int number = outcomes.size();
            outcomes.add(
                    bus.publish(AjEvent.of(AjEventType.STATUS_CHANGE, number).withKey("key-" + number % KEYS)));
        }
    }

    /** Every number is there; the first time that each one is, those of its key come in order. */
    private void judge(int expected) {
        Map<String, Set<Integer>> byKey = new HashMap<>();
        AtomicInteger records = new AtomicInteger();
        TestBus.scan(new KafkaSettings("127.0.0.1:" + port, Map.of()), "events.status", record -> {
            Matcher payload = PAYLOAD.matcher(new String(record.value(), UTF_8));
            assertThat(payload.find()).isTrue();
            byKey.computeIfAbsent(new String(record.key(), UTF_8), any -> new LinkedHashSet<>())
                    .add(Integer.parseInt(payload.group(1)));
            records.incrementAndGet();
        });
        int distinct = byKey.values().stream().mapToInt(Set::size).sum();
        System.err.println("SpoolIT: expected " + expected + ", found " + distinct + " in " + records + " records");
        assertThat(distinct).isEqualTo(expected);
        byKey.values().forEach(numbers -> assertThat(List.copyOf(numbers)).isSorted());
    }

    private EventBusSettings settings(long maxBytes) {
        return EventBusSettings.of("127.0.0.1:" + port, "tests")
                .withDeadline(Duration.ofSeconds(2))
                .withSpool(directory.resolve("spool"), maxBytes)
                .withListener(new PublishListener() {
                    @Override
                    public void spoolingChanged(String topic, boolean isSpooling) {
                        spooling.add(isSpooling);
                    }
                });
    }
}
