package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.firestore.FirestoreEventStore;
import com.audiojones.bus.store.firestore.FirestoreStoreSettings;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.testkit.CuttableProxy;
import com.audiojones.bus.testkit.FirestoreEmulator;
import com.audiojones.bus.testkit.FreePort;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.testkit.store.Documents;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sink and feed on Google's emulator, which is frozen, killed and edited by others meanwhile. */
@Timeout(600)
class FirestoreFaultsIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 40_000 : 3_000;

    /** Longer than a call waits for its answer. */
    private static final Duration FROZEN = Duration.ofSeconds(LONG ? 60 : 24);

    private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 400 : 120);

    @TempDir
    private Path brokerDirectory;

    private final int port = FreePort.next();
    private FirestoreEmulator emulator;
    private CuttableProxy proxy;
    private TestBus bus;
    private EventStore store;
    private SinkService sink;
    private TargetFeed feed;

    @BeforeEach
    void start() throws InterruptedException {
        emulator = FirestoreEmulator.start(port);
        proxy = new CuttableProxy(port);
        bus = TestBus.start(brokerDirectory);
        store = FirestoreEventStore.open(
                new FirestoreStoreSettings("faults", "(default)", proxy.host(), null, 2, Duration.ofDays(1)));
        SinkSettings settings = new SinkSettings(1000, false, Duration.ofDays(90));
        sink = new SinkService(settings, bus.kafka(), store, new SimpleMeterRegistry());
        feed = new TargetFeed(settings, bus.kafka(), store.targets(), Clock.systemUTC(), TargetVault.CLEAR);
        sink.start();
        feed.start();
    }

    @AfterEach
    void stop() {
        feed.close();
        sink.close();
        store.close();
        bus.close();
        proxy.close();
        emulator.close();
    }

    @Test
    void nothingIsMissingAfterTheStoreWasFrozenUnderLoad() throws Exception {
        nothingIsMissingAfter(
                () -> {
                    signal("STOP");
                    await().atMost(FROZEN).until(() -> !sink.notReady().isEmpty());
                    assertThat(sink.notReady())
                            .singleElement()
                            .asString()
                            .contains("Firestore faults: could not", "no answer within 20 s");
                },
                () -> signal("CONT"));
    }

    @Test
    void nothingIsMissingAfterTheStoreWasCutOffUnderLoad() throws Exception {
        nothingIsMissingAfter(
                () -> {
                    proxy.cut();
                    await().atMost(FROZEN).until(() -> !sink.notReady().isEmpty());
                    assertThat(sink.notReady()).singleElement().asString().contains("Firestore faults: could not");
                },
                proxy::mend);
    }

    private interface Step {
        void take() throws Exception;
    }

    private void nothingIsMissingAfter(Step fault, Step mending) throws Exception {
        Thread publisher = Thread.ofPlatform().start(() -> publish("evt_fault", EVENTS));
        await().atMost(PATIENCE).until(() -> Documents.events(store) > 0);

        fault.take();
        Thread.sleep(FROZEN.minusSeconds(20));
        mending.take();

        publisher.join();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            List<StoredEvent> all = Documents.all(store);
            assertThat(all).hasSize(EVENTS);
            assertThat(all)
                    .allMatch(event ->
                            event.dispatchedTo() == 3 && event.deliverySuccess() == 2 && event.deliveryFailed() == 1);
        });
        assertThat(Documents.all(store))
                .extracting(event -> event.headers().eventId())
                .doesNotHaveDuplicates();
        await().atMost(PATIENCE).until(() -> sink.notReady().isEmpty());
    }

    @Test
    void aStoreThatForgotEverythingIsWrittenOnAndTakesNoTargetOutOfForce() throws InterruptedException {
        store.targets().save(Targets.target("t1"));
        store.targets().save(Targets.target("t2"));
        publish("evt_before", 300);
        await().atMost(PATIENCE).until(() -> inForce().size() == 2);
        await().atMost(PATIENCE).until(() -> Documents.events(store) == 300);

        emulator.close();
        emulator.process().onExit().join();
        emulator = FirestoreEmulator.start(port);
        publish("evt_after", 500);

        await().atMost(PATIENCE).ignoreExceptions().until(() -> Documents.events(store) == 500);
        await().atMost(PATIENCE).until(() -> sink.notReady().isEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(feed.notReady())
                .singleElement()
                .asString()
                .startsWith("target-feed: the store lacks 2 of the 2 targets in force"));
        assertThat(inForce()).containsOnlyKeys("t1", "t2");
    }

    @Test
    void whatOthersEditIsInForceAndWhatIsNoTargetSaysSoItself() throws Exception {
        await().atMost(PATIENCE).until(() -> feed.notReady().isEmpty());
        FirestoreOptions.Builder options = FirestoreOptions.newBuilder().setEmulatorHost(emulator.host());
        Firestore console = options.setProjectId("faults").build().getService();
        DocumentReference bad = console.document("status_webhook_targets/bad");

        bad.set(Map.of("url", "ftp://example.com", "active", true)).get();
        console.document("status_webhook_targets/good")
                .set(Map.of(
                        "url",
                        "https://example.com/webhook",
                        "secret",
                        "your-shared-secret-32-chars-minimum",
                        "active",
                        true,
                        "events",
                        List.of("status_change")))
                .get();
        long begun = System.nanoTime();
        await().atMost(PATIENCE).until(() -> inForce().containsKey("good"));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.err.println("FirestoreFaultsIT: an edited target was in force after " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertThat(inForce()).doesNotContainKey("bad");
        await().atMost(PATIENCE).until(() -> bad.get().get().getString("problem") != null);
        assertThat(bad.get().get().getString("problem")).startsWith("url: expected");

        bad.update("url", "https://example.com/mended").get();
        await().atMost(PATIENCE).until(() -> inForce().containsKey("bad"));
        await().atMost(PATIENCE).until(() -> !bad.get().get().contains("problem"));
        console.shutdownNow();
    }

    /** Lane records and, after each, the status of its event. */
    private void publish(String prefix, int count) {
        try {
            for (int from = 0; from < count; from += 100) {
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + 100); i++) {
                    records.add(Records.lane(prefix + "_" + i));
                    records.add(Records.status(prefix + "_" + i, null));
                }
                bus.write(records);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the broker does not write", e);
        }
    }

    private Map<String, byte[]> inForce() {
        return new TargetTopicReader(bus.kafka()).read();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(emulator.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor())
                .isZero();
    }
}
