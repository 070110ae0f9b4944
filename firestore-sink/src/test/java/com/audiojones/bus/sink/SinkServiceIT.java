package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.testkit.store.Documents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SinkServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path brokerDirectory;

    private static TestBus bus;

    @TempDir
    private Path directory;

    private SimpleMeterRegistry registry;
    private EventStore store;
    private InterruptedStore interrupted;
    private SinkService sink;

    @BeforeAll
    static void startBus() throws InterruptedException {
        bus = TestBus.start(brokerDirectory);
    }

    @AfterAll
    static void stopBus() {
        bus.close();
    }

    @BeforeEach
    void start() {
        store = SqliteEventStore.open(directory.resolve("store.db"));
        interrupted = new InterruptedStore(store);
        startSink();
    }

    @AfterEach
    void stop() {
        sink.close();
        store.close();
    }

    @Test
    void whatIsOnTheTopicsIsInTheStore() throws ExecutionException, InterruptedException {
        bus.write(List.of(
                Records.lane("evt_all"),
                Records.lane(Records.headers("evt_all").replayedAs("replay_1", null, null), "{\"replayed\":true}"),
                Records.delivery(Records.delivered("evt_all", "t1")),
                Records.status("evt_all", null),
                Records.status("evt_all", "replay_1"),
                Records.deadLetter(Records.headers("evt_all")),
                QuarantineRecord.of(Records.received(Records.record("audit.user", "raw")), "router", "no JSON"),
                Records.record(Records.LANE, "no headers"),
                Records.bucket(7),
                Records.removedBucket()));

        await().atMost(PATIENCE).untilAsserted(() -> {
            StoreStats stats = store.stats(Instant.EPOCH);
            assertThat(stats.quarantined()).isEqualTo(2);
            assertThat(stats.events().published()).isEqualTo(7);
        });
        assertThat(store.event("evt_all"))
                .get()
                .extracting("headers", "body", "dispatchedTo", "deliverySuccess", "deliveryFailed")
                .containsExactly(Records.headers("evt_all"), Records.BODY, 3, 2, 1);
        assertThat(sink.notReady()).isEmpty();
    }

    @Test
    void nothingIsLostWhileTheStoreIsAwayAndTheSinkSaysSo() throws ExecutionException, InterruptedException {
        bus.write(events("evt_before", 200));
        awaitEvents(200);

        interrupted.away = true;
        bus.write(events("evt_during", 1500));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.notReady())
                .containsExactly("sink: tries again after: store: away for this test"));
        await().atMost(PATIENCE)
                .until(() -> registry.get("bus.sink.age").gauge().value() > 1);
        interrupted.away = false;

        awaitEvents(1700);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.notReady()).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> registry.get("bus.sink.age").gauge().value() == 0
                        && registry.get("bus.sink.lag").gauge().value() == 0);
    }

    @Test
    void aRestartGoesOnWhereTheLastCommitWas() throws ExecutionException, InterruptedException {
        bus.write(events("evt_first", 300));
        awaitEvents(300);
        sink.close();
        bus.write(events("evt_second", 300));

        startSink();

        awaitEvents(600);
    }

    private void startSink() {
        registry = new SimpleMeterRegistry();
        sink = new SinkService(new SinkSettings(1000, false, Duration.ofDays(90)), bus.kafka(), interrupted, registry);
        sink.start();
    }

    private void awaitEvents(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Documents.events(store)).isEqualTo(count));
    }

    private static List<ProducerRecord<byte[], byte[]>> events(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Records.lane(prefix + "_" + i))
                .toList();
    }
}
