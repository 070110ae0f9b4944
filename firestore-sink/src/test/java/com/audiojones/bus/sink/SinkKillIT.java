package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.testkit.FirestoreEmulator;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.testkit.store.Documents;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that is killed again and again while it is written to leaves a store that is what the topics say. */
@Timeout(900)
class SinkKillIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 50_000 : 6_000;
    private static final int KILLS = LONG ? 10 : 4;
    private static final int BATCH = 200;

    /** Publishing lasts longer than the kills, of which each takes a few seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(KILLS * 5L).dividedBy(EVENTS / BATCH);

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 400 : 120);
    private static final Failures LETTERS = new Failures("t1", Instant.EPOCH, Instant.parse("2999-01-01T00:00:00Z"));

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random kills = new Random(seed);
    private final Random chances = new Random(seed);
    private final AtomicInteger published = new AtomicInteger();
    private final Map<String, EventStatus> statuses = new HashMap<>();
    private int deadLetters;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "firestore"})
    void theStoreIsWhatTheTopicsSay(String kind) throws Exception {
        System.err.println("SinkKillIT: seed " + seed + ", " + kind + ", " + EVENTS + " events, " + KILLS + " kills");
        String place = kind.equals("sqlite")
                ? directory.resolve("events.db").toString()
                : FirestoreEmulator.shared().host();
        try (TestBus bus = TestBus.start(directory.resolve("kafka"));
                EventStore store = SinkProcess.store(place)) {
            Thread publisher = Thread.ofPlatform().start(() -> publish(bus));
            for (int kill = 1; kill <= KILLS; kill++) {
                try (JavaProcess sink = sink(bus, place)) {
                    Thread.sleep(500 + kills.nextInt(2_500));
                    sink.kill();
                }
                System.err.println("SinkKillIT: kill " + kill + ", published " + published.get());
            }
            publisher.join();
            try (JavaProcess _ = sink(bus, place)) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> Documents.events(store) == EVENTS
                                && countersOf(store).equals(expected()));
            }
            assertThat(Documents.all(store)).extracting(StoredEvent::body).containsOnly(Records.BODY);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.countFailed(LETTERS)).isEqualTo(deadLetters));
        }
    }

    private static JavaProcess sink(TestBus bus, String place) throws InterruptedException {
        JavaProcess sink = JavaProcess.start(
                SinkProcess.class.getName(), List.of(bus.kafka().bootstrapServers(), place), Map.of());
        sink.awaitLine(Pattern.compile("started"), START);
        return sink;
    }

    /** Each event with one to three statuses, the last of which counts, and every tenth with a dead letter. */
    private void publish(TestBus bus) {
        try {
            for (int from = 0; from < EVENTS; from += BATCH) {
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = from; i < from + BATCH; i++) {
                    addEvent("evt_" + i, records);
                }
                bus.write(records);
                published.addAndGet(BATCH);
                Thread.sleep(PAUSE);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the broker does not write", e);
        }
    }

    private void addEvent(String id, List<ProducerRecord<byte[], byte[]>> records) {
        records.add(Records.lane(id));
        for (int success = 0; success <= chances.nextInt(3); success++) {
            EventStatus status = new EventStatus(id, null, 3, success, 0);
            statuses.put(id, status);
            records.add(
                    new ProducerRecord<>(Topics.EVENT_STATUS, id.getBytes(StandardCharsets.UTF_8), status.toJson()));
        }
        if (chances.nextInt(10) == 0) {
            records.add(Records.deadLetter(Records.headers(id)));
            deadLetters++;
        }
    }

    private Map<String, List<Integer>> expected() {
        Map<String, List<Integer>> expected = new TreeMap<>();
        statuses.forEach((id, status) ->
                expected.put(id, List.of(status.dispatchedTo(), status.deliverySuccess(), status.deliveryFailed())));
        return expected;
    }

    private static Map<String, List<Integer>> countersOf(EventStore store) {
        Map<String, List<Integer>> counters = new TreeMap<>();
        for (StoredEvent event : Documents.all(store)) {
            EventId id = event.headers().eventId();
            counters.put(id.value(), List.of(event.dispatchedTo(), event.deliverySuccess(), event.deliveryFailed()));
        }
        return counters;
    }
}
