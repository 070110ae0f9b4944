package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A dispatcher in this process on a real broker, with targets and lane records written by the test. */
final class DispatcherUnderTest implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);
    private static final Secret SECRET = new Secret("a-secret-of-the-test-with-32-characters");
    private static final Map<String, String> LOOPBACK = Map.of(
            "webhook.allowed-addresses", "127.0.0.0/8",
            "webhook.http-to-loopback", "true",
            "webhook.allow-simulate", "true");

    private final TestBus bus;
    private final TargetTopic targets;
    private final MeterRegistry metrics;
    private final Map<String, String> settings;
    private final LiveSettingsReader live;
    private final DispatcherService dispatcher;

    private DispatcherUnderTest(TestBus bus, Map<String, String> settings, MeterRegistry metrics) {
        this.bus = bus;
        this.metrics = metrics;
        this.targets = new TargetTopic(bus.kafka(), "test-targets");
        this.settings = Map.copyOf(settings);
        this.live = new LiveSettingsReader(bus.kafka());
        this.dispatcher =
                new DispatcherService(read(settings), bus.kafka(), live, metrics, Clock.systemUTC(), TargetVault.CLEAR);
    }

    private static DispatcherSettings read(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(LOOPBACK);
        all.putAll(settings);
        return DispatcherSettings.read(Settings.open(null, Map.of(), all));
    }

    static DispatcherUnderTest start(Path directory, Map<String, String> settings) throws InterruptedException {
        return start(directory, settings, new SimpleMeterRegistry());
    }

    static DispatcherUnderTest start(Path directory, Map<String, String> settings, MeterRegistry metrics)
            throws InterruptedException {
        DispatcherUnderTest started = new DispatcherUnderTest(TestBus.start(directory), settings, metrics);
        started.targets.publishFeedMarker("{}");
        started.live.start();
        started.dispatcher.start();
        await().atMost(SOON).until(() -> started.dispatcher.notReady().isEmpty());
        return started;
    }

    /** One more dispatcher on the same bus, started; the caller closes it. */
    DispatcherService another() {
        return another(settings);
    }

    /** The same with settings of its own. */
    DispatcherService another(Map<String, String> others) {
        DispatcherService another = new DispatcherService(
                read(others), bus.kafka(), live, new SimpleMeterRegistry(), Clock.systemUTC(), TargetVault.CLEAR);
        another.start();
        await().atMost(SOON).until(() -> another.notReady().isEmpty());
        return another;
    }

    TestBus bus() {
        return bus;
    }

    DispatcherService service() {
        return dispatcher;
    }

    MeterRegistry metrics() {
        return metrics;
    }

    void target(String id, String url) throws InterruptedException {
        target(id, url, 1, TargetOptions.NONE);
    }

    void target(String id, String url, long version, TargetOptions options) throws InterruptedException {
        Instant now = Instant.now();
        targets.publish(new Target(id, url, SECRET, true, List.of(), "", now, now, version, false, null, options));
    }

    void removeTarget(String id) throws InterruptedException {
        targets.publishDeletion(id);
    }

    void publish(String id, Priority priority) throws Exception {
        bus.write(List.of(record(id, priority, null, "{\"event_id\":\"" + id + "\"}")));
    }

    void publishMany(String prefix, int count, Priority priority) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(prefix + i, priority, null, "{\"event_id\":\"" + prefix + i + "\"}"));
        }
        bus.write(records);
    }

    /** A lane record as the router writes it. */
    static ProducerRecord<byte[], byte[]> record(
            String id, Priority priority, @Nullable Instant expiresAt, String body) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Lane.of(priority).topic(), id.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.now();
        new LaneHeaders(
                        new EventId(id),
                        "status_change",
                        "status_change",
                        "events.status",
                        priority,
                        now,
                        now,
                        expiresAt,
                        1,
                        null,
                        null,
                        null)
                .writeTo(record.headers());
        return record;
    }

    /** The delivery records so far. */
    List<DeliveryRecord> deliveries() {
        return bus.records(Topics.DELIVERIES).stream()
                .map(record -> {
                    try {
                        return DeliveryRecord.fromJson(record.value());
                    } catch (InvalidRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    List<DeliveryRecord> deliveries(DeliveryKind kind) {
        return deliveries().stream().filter(record -> record.kind() == kind).toList();
    }

    /** Blocks until there are as many records of a kind. */
    List<DeliveryRecord> awaitDeliveries(DeliveryKind kind, int count, Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> deliveries(kind).size() >= count);
        return deliveries(kind);
    }

    /** The first record of a kind about an event; blocks until there is one. */
    DeliveryRecord firstOf(String event, DeliveryKind kind) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> !of(event, kind)
                .isEmpty());
        return of(event, kind).getFirst();
    }

    /** The records of a kind about an event. */
    List<DeliveryRecord> of(String event, DeliveryKind kind) {
        return deliveries(kind).stream()
                .filter(record -> record.eventId().equals(event))
                .toList();
    }

    /** The one dead letter of an event. */
    ConsumerRecord<byte[], byte[]> deadLetter(String event) {
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(event);
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }

    /** The dead letters of an event. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters(String event) {
        return bus.records(Topics.DEAD_LETTERS).stream()
                .filter(record -> event.equals(new String(record.key(), StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public void close() {
        dispatcher.close();
        live.close();
        targets.close();
        bus.close();
    }
}
