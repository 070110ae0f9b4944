package com.audiojones.bus.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.event.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventEncoderTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void anAuditEventIsWrittenWithEverythingItHas() {
        AuditEvent event = AuditEvent.ofType("user.action.task.created")
                .id("evt_1")
                .timestamp(TIME)
                .actor("user-123", ActorType.USER)
                .blueprintId("bp-456")
                .data(Map.of("taskId", "task-789"))
                .metadata(Map.of("source", "tests"))
                .priority(Priority.P1)
                .ttl(Duration.ofMinutes(1))
                .build();

        Outgoing out = EventEncoder.encode(event, null);

        assertThat(out.topic()).isEqualTo("audit.user");
        assertThat(key(out)).isEqualTo("bp-456");
        assertThat(json(out))
                .isEqualTo("{\"id\":\"evt_1\",\"type\":\"user.action.task.created\","
                        + "\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"actor\":\"user-123\",\"actorType\":\"user\","
                        + "\"blueprintId\":\"bp-456\",\"data\":{\"taskId\":\"task-789\"},"
                        + "\"metadata\":{\"source\":\"tests\"},\"priority\":\"P1\",\"ttl\":60}");
    }

    @Test
    void anAjEventIsWrittenWithEverythingItHas() {
        AjEvent event = AjEvent.of(AjEventType.STATUS_CHANGE, new Change("operational", "degraded", TIME))
                .withId("aj_event_1")
                .withTimestamp(TIME)
                .withMetadata(Map.of("source", "status-monitor"));

        Outgoing out = EventEncoder.encode(event, null);

        assertThat(out.topic()).isEqualTo("events.status");
        assertThat(key(out)).isEqualTo("status-monitor");
        assertThat(json(out))
                .isEqualTo("{\"event_id\":\"aj_event_1\",\"event_type\":\"status_change\","
                        + "\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"payload\":{\"from\":\"operational\","
                        + "\"to\":\"degraded\",\"changed_at\":\"2026-01-02T03:04:05.678Z\"},"
                        + "\"metadata\":{\"source\":\"status-monitor\"}}");
    }

    private record Change(String from, String to, Instant changed_at) {}

    @ParameterizedTest
    @EnumSource
    void everyCategoryHasItsTopic(AuditCategory category) {
        Outgoing out = EventEncoder.encode(
                AuditEvent.ofType(category.type("done"))
                        .actor("a", ActorType.SYSTEM)
                        .build(),
                null);

        assertThat(out.topic()).isEqualTo(category.topic()).isEqualTo("audit." + category.label());
    }

    @ParameterizedTest
    @CsvSource({
        "billing.paid, audit.system",
        "paid, audit.system",
        "audit.user.login, audit.user",
        "user.login, audit.user"
    })
    void anAuditEventGoesWhereItsTypeSays(String type, String topic) {
        AuditEvent event =
                AuditEvent.ofType(type).actor("a", ActorType.AI).data(null).build();

        assertThat(EventEncoder.encode(event, null).topic()).isEqualTo(topic);
        assertThat(event.type()).doesNotStartWith("audit.");
    }

    @ParameterizedTest
    @CsvSource({"incident_created, events.incident", "deploy, events.system", "user.login, events.system"})
    void anAjEventGoesWhereItsTypeSays(String type, String topic) {
        assertThat(EventEncoder.encode(AjEvent.of(type, 1), null).topic()).isEqualTo(topic);
    }

    @Test
    void theKeyIsTheActorWhereThereIsNoBlueprint() {
        AuditEvent.Builder event = AuditEvent.ofType("user.login").actor("u-1", ActorType.USER);

        assertThat(key(EventEncoder.encode(event.build(), null))).isEqualTo("u-1");
        assertThat(key(EventEncoder.encode(event.key("k").build(), null))).isEqualTo("k");
    }

    @Test
    void theTraceTravelsAsAHeader() {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        Outgoing out = EventEncoder.encode(AjEvent.of("status_change", 1), traceparent);

        assertThat(out.traceparent()).isEqualTo(traceparent);
        assertThat(EventEncoder.encode(AjEvent.of("status_change", 1), null).traceparent())
                .isNull();
    }

    @Test
    void whatTheRouterWouldRefuseIsRefusedHere() {
        refused(AjEvent.of(null, 1), "event_type: expected a string, got nothing: the field is missing");
        refused(AjEvent.of("status change", 1), "event_type: expected letters");
        refused(AuditEvent.ofType("user.login").build(), "actor: expected a string, got nothing");
        refused(AuditEvent.ofType(null).build(), "type: expected a string, got nothing");
        refused(AjEvent.of("status_change", "x".repeat(300_000)), "value: expected at most 262144 bytes");
        refused(AjEvent.of("status_change", 1).withKey("k".repeat(2000)), "key: expected at most 1024 bytes");
        refused(
                AjEvent.of("status_change", 1).withTopic("audit.user"),
                "topic: expected one of events.status, events.capacity");
        refused(AjEvent.of("status_change", 1).withTopic("events.none"), "got 'events.none'");
        refused(
                AuditEvent.ofType("user.login")
                        .actor("u", ActorType.USER)
                        .topic("events.status")
                        .build(),
                "topic: expected one of audit.user, audit.ai");
    }

    @Test
    void whatJacksonCannotWriteIsRefused() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        refused(AjEvent.of("status_change", circle), "expected what Jackson writes as JSON, got:");
        refused(AjEvent.of("status_change", new Broken()), "expected what Jackson writes as JSON, got:");
    }

    /** A bean of somebody's with a defect. */
    public static final class Broken {
        /** {@return nothing, ever} */
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    @Test
    void aWholeEventIsSentAsItIs() {
        byte[] json = "{ \"event_type\":\"deploy\", \"event_id\":\"d-1\", \"payload\":{\"n\": 1.0} }".getBytes(UTF_8);

        Outgoing out = EventEncoder.whole("events.system", "k", json, null);

        assertThat(out.id().value()).isEqualTo("d-1");
        assertThat(out.record().value()).isEqualTo(json);
    }

    @Test
    void aWholeEventWithoutIdIsGivenOne() {
        Outgoing out = EventEncoder.whole(
                "audit.user",
                null,
                " {\"type\":\"user.login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":{\"n\": 1.0}}"
                        .getBytes(UTF_8),
                null);

        assertThat(out.id().value()).startsWith("evt_");
        assertThat(key(out)).isEqualTo("u");
        assertThat(json(out))
                .isEqualTo("{\"id\":\"" + out.id()
                        + "\",\"type\":\"user.login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":{\"n\": 1.0}}");
    }

    @Test
    void theKeyThatAWholeEventSaysIsCheckedToo() {
        String json =
                "{\"type\":\"user.login\",\"actor\":\"" + "a".repeat(2000) + "\",\"actorType\":\"user\",\"data\":1}";

        assertThatThrownBy(() -> EventEncoder.whole("audit.user", null, json.getBytes(UTF_8), null))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("key: expected at most 1024 bytes, got 2000 bytes");
    }

    @Test
    void aTimeThatNoRecordCanHaveIsRefused() {
        refused(AjEvent.of("status_change", 1).withTimestamp(Instant.MAX), "event ");
    }

    @Test
    void aWholeEventThatIsNoneIsRefused() {
        for (Map.Entry<String, String> bad : List.of(
                Map.entry("[]", "expected one JSON object"),
                Map.entry("{\"event_type\":\"a\"}", "payload: expected a value"),
                Map.entry(
                        "{\"event_id\":null,\"event_type\":\"a\",\"payload\":1}",
                        "an id that is null counts as one"))) {
            assertThatThrownBy(() -> EventEncoder.whole(
                            "events.system", null, bad.getKey().getBytes(UTF_8), null))
                    .isInstanceOf(RejectedEventException.class)
                    .hasMessageContaining(bad.getValue());
        }
        assertThatThrownBy(() -> EventEncoder.whole("bus.lane.high", null, new byte[0], null))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageContaining("got 'bus.lane.high'");
    }

    private static void refused(BusEvent event, String message) {
        assertThatThrownBy(() -> EventEncoder.encode(event, null))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageContaining(message);
    }

    private static String json(Outgoing out) {
        return new String(out.record().value(), UTF_8);
    }

    private static String key(Outgoing out) {
        return new String(out.record().key(), UTF_8);
    }
}
