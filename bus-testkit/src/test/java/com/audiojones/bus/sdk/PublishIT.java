package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.BusUnavailableException;
import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.publish.ActorType;
import com.audiojones.bus.publish.AjEvent;
import com.audiojones.bus.publish.AjEventType;
import com.audiojones.bus.publish.AuditCategory;
import com.audiojones.bus.publish.AuditEvent;
import com.audiojones.bus.publish.BusClosedException;
import com.audiojones.bus.publish.CircuitOpenException;
import com.audiojones.bus.publish.PublishCounts.Circuit;
import com.audiojones.bus.publish.PublishFailedException;
import com.audiojones.bus.publish.Published;
import com.audiojones.bus.publish.RejectedEventException;
import com.audiojones.bus.testkit.FreePort;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishing to a real broker, and what bad use of it gets. Nothing may hang. */
@Timeout(300)
class PublishIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Where it is awaited that nothing is acknowledged. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    @Test
    void anEventIsWhereItsFutureSays() throws Exception {
        try (TestBus kafka = TestBus.start(directory);
                EventBus bus = EventBus.connect(settings(kafka.kafka().bootstrapServers()))) {
            AuditEvent event = AuditEvent.ofType(AuditCategory.USER.type("login"))
                    .actor("u-1", ActorType.USER)
                    .data(Map.of("ip", "10.0.0.1"))
                    .build();

            Published published = bus.publish(event).get(30, TimeUnit.SECONDS);

            assertThat(published.eventId()).isEqualTo(event.id());
            assertThat(published.topic()).isEqualTo("audit.user");
            assertThat(kafka.records("audit.user")).singleElement().satisfies(record -> {
                assertThat(published.position()).isEqualTo(new Published.Position(record.partition(), record.offset()));
                assertThat(new String(record.key(), UTF_8)).isEqualTo("u-1");
                assertThat(new String(record.value(), UTF_8)).contains("\"id\":\"" + event.id() + "\"");
            });
            assertThat(bus.counts().published()).isEqualTo(1);
            assertThat(bus.counts().inFlight()).isZero();
        }
    }

    @Test
    void manyEventsKeepTheirOrder() throws Exception {
        try (TestBus kafka = TestBus.start(directory);
                EventBus bus = EventBus.connect(settings(kafka.kafka().bootstrapServers()))) {
            List<AjEvent> events = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                events.add(AjEvent.of(AjEventType.STATUS_CHANGE, i).withKey("one"));
            }

            List<Published> published = bus.publishAll(events).get(30, TimeUnit.SECONDS);
            bus.flush(DEADLINE);

            assertThat(published)
                    .extracting(Published::eventId)
                    .containsExactlyElementsOf(events.stream().map(AjEvent::id).toList());
            assertThat(kafka.texts("events.status")).hasSize(500).satisfies(texts -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(texts.get(i)).contains("\"payload\":" + i + "}");
                }
            });
        }
    }

    @Test
    void nothingIsSentWhereOneOfManyIsRefused() throws Exception {
        try (TestBus kafka = TestBus.start(directory);
                EventBus bus = EventBus.connect(settings(kafka.kafka().bootstrapServers()))) {
            assertThatThrownBy(() -> bus.publishAll(
                            List.of(AjEvent.of(AjEventType.STATUS_CHANGE, 1), AjEvent.of("not a type", 1))))
                    .isInstanceOf(RejectedEventException.class);
            assertThatThrownBy(() -> bus.publish(null, 1, Map.of()))
                    .isInstanceOf(RejectedEventException.class)
                    .hasMessageContaining("event_type: expected a string, got nothing");
            assertThat(kafka.records("events.status")).isEmpty();
        }
    }

    @Test
    void aClosedBusSaysSo() throws Exception {
        try (TestBus kafka = TestBus.start(directory)) {
            EventBus bus = EventBus.connect(settings(kafka.kafka().bootstrapServers()));
            bus.close();
            bus.close();

            assertThatThrownBy(() -> bus.publish(AjEvent.of(AjEventType.STATUS_CHANGE, 1)))
                    .isInstanceOf(BusClosedException.class)
                    .hasMessage("publish: expected an open event bus, this one is closed");
            assertThatThrownBy(() -> bus.subscribe("audit.user", event -> {}))
                    .isInstanceOf(BusClosedException.class)
                    .hasMessage("subscribe: expected an open event bus, this one is closed");
        }
    }

    @Test
    void aWrongAddressIsNamed() {
        String nobody = "127.0.0.1:" + FreePort.next();

        assertThatThrownBy(() -> EventBus.connect(settings(nobody).withDeadline(SHORT)))
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining("Kafka at " + nobody + " did not answer within 5000 ms");
        assertThatThrownBy(() ->
                        EventBus.connect(settings("no-such-host.invalid:9092").withDeadline(SHORT)))
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining("Kafka at no-such-host.invalid:9092");
        assertThatThrownBy(() -> EventBus.connect(settings("no port")))
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining("Kafka at no port");
    }

    @Test
    void tlsToAPlaintextPortIsNamed() throws Exception {
        try (TestBus kafka = TestBus.start(directory)) {
            EventBusSettings tls =
                    settings(kafka.kafka().bootstrapServers()).withKafka(Map.of("security.protocol", "SSL"));

            assertThatThrownBy(() -> EventBus.connect(tls))
                    .isInstanceOf(BusUnavailableException.class)
                    .hasMessageContaining("Kafka at " + kafka.kafka().bootstrapServers())
                    .hasMessageContaining("TLS");
        }
    }

    @Test
    void settingsThatWouldBreakAPromiseAreRefused() {
        assertThatThrownBy(() -> settings("127.0.0.1:1").withKafka(Map.of("acks", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka.client.acks: expected to be left out");
        assertThatThrownBy(() -> EventBusSettings.of("127.0.0.1:1", "my app"))
                .hasMessageContaining("application: expected 1 to 60 letters");
    }

    @Test
    void theCircuitOpensWhileKafkaIsAwayAndClosesWhenItIsBack() throws Exception {
        int port = FreePort.next();
        EmbeddedBroker broker = Brokers.start(directory, port);
        List<Circuit> heard = new CopyOnWriteArrayList<>();
        try (EventBus bus = EventBus.connect(settings("127.0.0.1:" + port)
                .withDeadline(SHORT)
                .withCircuit(10, Duration.ofSeconds(2))
                .withListener(new HearsCircuits(heard)))) {
            await().atMost(SOON).until(() -> isPublished(bus));
            broker.close();

            List<CompletableFuture<Published>> failing = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                failing.add(bus.publish(AjEventType.STATUS_CHANGE, i, Map.of()));
            }
            for (CompletableFuture<Published> each : failing) {
                assertThatThrownBy(() -> each.get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(PublishFailedException.class);
            }
            long begin = System.nanoTime();
            CompletableFuture<Published> refused = bus.publish(AjEventType.STATUS_CHANGE, 11, Map.of());
            assertThat(refused).isCompletedExceptionally();
            assertThat(System.nanoTime() - begin).isLessThan(SHORT.toNanos() / 2);
            assertThatThrownBy(refused::get).hasCauseInstanceOf(CircuitOpenException.class);
            assertThat(bus.counts().circuit()).isEqualTo(Circuit.OPEN);
            assertThat(bus.counts().refused()).isEqualTo(1);

            broker = EmbeddedBroker.start(directory, port);
            await().atMost(SOON).until(() -> isPublished(bus));
            assertThat(bus.counts().circuit()).isEqualTo(Circuit.CLOSED);
            await().atMost(SOON).until(() -> heard.contains(Circuit.CLOSED));
            assertThat(heard).startsWith(Circuit.OPEN, Circuit.HALF_OPEN).endsWith(Circuit.CLOSED);
        } finally {
            broker.close();
        }
    }

    private static boolean isPublished(EventBus bus) throws Exception {
        return bus.publish(AjEventType.STATUS_CHANGE, 0, Map.of())
                .handle((published, failure) -> failure == null)
                .get(30, TimeUnit.SECONDS);
    }

    private static EventBusSettings settings(String servers) {
        return EventBusSettings.of(servers, "tests").withDeadline(DEADLINE);
    }
}
