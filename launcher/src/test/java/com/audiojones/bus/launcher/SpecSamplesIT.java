package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import com.audiojones.bus.publish.ActorType;
import com.audiojones.bus.publish.AjEventType;
import com.audiojones.bus.publish.AuditEvent;
import com.audiojones.bus.subscribe.ReceivedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the published samples do in TypeScript, line by line in Java, against the whole bus. */
@Timeout(300)
class SpecSamplesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static DevBus dev;
    private static EventBus bus;

    private final List<String> done = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws InterruptedException {
        dev = DevBus.start(new Options(directory, 0, 0, 0, false));
        assertThat(dev.awaitReady()).isTrue();
    }

    @AfterAll
    static void stop() {
        bus.close();
        dev.close();
    }

    @BeforeEach
    void connect() {
        if (bus != null) {
            bus.close();
        }
        bus = EventBus.connect(EventBusSettings.of(dev.endpoints().kafka(), "samples-" + System.nanoTime()));
    }

    @Test
    void publishingEvents() throws Exception {
        bus.publish(
                        AjEventType.STATUS_CHANGE,
                        Map.of("from", "operational", "to", "degraded", "changed_at", Instant.now()),
                        Map.of("source", "status-monitor", "severity", "warning"))
                .get();

        bus.publish(
                        AjEventType.CAPACITY_ALERT,
                        Map.of(
                                "current_hours", 180,
                                "max_hours", 200,
                                "utilization_percent", 90,
                                "risk_level", "high"),
                        Map.of("source", "capacity-forecast", "alert_type", "capacity"))
                .get();

        bus.subscribe(AjEventType.STATUS_CHANGE, this::note);
        bus.subscribe(AjEventType.CAPACITY_ALERT, this::note);
        await().atMost(SOON).until(() -> done.size() >= 2);
        assertThat(done)
                .contains("status_change degraded P1 status-monitor", "capacity_alert null P1 capacity-forecast");
    }

    @Test
    void localEventSubscriptions() throws Exception {
        bus.subscribe(AjEventType.STATUS_CHANGE, event -> {
            Map<String, Object> payload = event.payload();
            done.add("Status changed: " + payload.get("from") + " -> " + payload.get("to"));

            if ("outage".equals(payload.get("to"))) {
                done.add("triggerEmergencyProtocol");
            }
        });

        bus.subscribe(AjEventType.CAPACITY_ALERT, event -> {
            if ("critical".equals(event.payload().get("risk_level"))) {
                done.add("notifyManagement " + event.payload());
            }
        });

        bus.publish(AjEventType.STATUS_CHANGE, Map.of("from", "degraded", "to", "outage"), Map.of())
                .get();
        bus.publish(AjEventType.CAPACITY_ALERT, Map.of("risk_level", "critical"), Map.of())
                .get();
        await().atMost(SOON)
                .until(() -> done.contains("triggerEmergencyProtocol")
                        && done.contains("notifyManagement {risk_level=critical}"));
        assertThat(done).contains("Status changed: degraded -> outage");
    }

    @Test
    void topicSubscriptionExamples() throws Exception {
        bus.subscribe("audit.user", event -> collect("user", event));

        bus.subscribe("audit.security", event -> {
            if (event.type().endsWith(".violation")) {
                done.add("notify " + event.id());
            }
        });

        bus.subscribe("audit.ai", event -> collect("ai", event));

        String user = publish("user.action.task.created");
        String violation = publish("security.violation");
        publish("security.auth.login");
        String decision = publish("ai.decision.made");
        await().atMost(SOON)
                .until(() -> done.containsAll(List.of("user " + user, "notify " + violation, "ai " + decision)));
        assertThat(done).filteredOn(line -> line.startsWith("notify")).hasSize(1);
    }

    @Test
    void atLeastOnceDelivery() throws Exception {
        bus.subscribe("audit.user", event -> {
            try {
                processEvent(event);
            } catch (IllegalStateException error) {
                done.add("retried " + event.attempt());
                throw error;
            }
        });

        bus.publish(AuditEvent.ofType("user.action.task.created")
                        .timestamp(Instant.now())
                        .actor("user-123", ActorType.USER)
                        .blueprintId("bp-456")
                        .data(Map.of("taskId", "task-789"))
                        .priority(Priority.P1)
                        .build())
                .get();

        await().atMost(SOON).until(() -> done.contains("processed task-789"));
        assertThat(done).containsSubsequence("retried 1", "processed task-789");
    }

    @Test
    void deadLetterQueue() throws Exception {
        bus.subscribe("audit.task", event -> {
            throw new IllegalStateException("never");
        });
        bus.subscribeToDeadLetters(letter -> {
            done.add("create " + letter.event().id() + " " + letter.attempts() + " " + letter.lastError());
            done.add("send Audit event " + letter.event().id() + " failed after " + letter.attempts() + " attempts");
        });

        AuditEvent event = AuditEvent.ofType("task.done")
                .actor("a", ActorType.SYSTEM)
                .data(Map.of())
                .priority(Priority.P3)
                .build();
        bus.publish(event).get();

        await().atMost(SOON).until(() -> done.contains("send Audit event " + event.id() + " failed after 2 attempts"));
        assertThat(done).contains("create " + event.id() + " 2 IllegalStateException: never");
    }

    /** The first attempt of each event fails. */
    private void processEvent(ReceivedEvent event) {
        if (event.attempt() == 1) {
            throw new IllegalStateException("not yet");
        }
        done.add("processed " + event.payload().get("taskId"));
    }

    private void collect(String collector, ReceivedEvent event) {
        done.add(collector + " " + event.id());
    }

    private void note(ReceivedEvent event) {
        done.add(event.type() + " " + event.payload().get("to") + " " + event.priority() + " "
                + event.metadata().get("source"));
    }

    private static String publish(String type) throws Exception {
        AuditEvent event = AuditEvent.ofType(type)
                .actor("a", ActorType.SYSTEM)
                .data(Map.of("taskId", "other"))
                .build();
        bus.publish(event).get();
        return event.id().value();
    }
}
