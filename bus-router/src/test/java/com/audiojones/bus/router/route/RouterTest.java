package com.audiojones.bus.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.live.PriorityRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final Instant APPENDED = Instant.ofEpochMilli(1699123456789L);
    private static final LiveSettings KEEP_ALL = with(Map.of(), Map.of());
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @ParameterizedTest
    @CsvSource({
        "audit.security,    ,   P0, HIGH",
        "audit.security,    P3, P3, LOW",
        "audit.user,        ,   P1, STANDARD",
        "audit.ai,          ,   P1, STANDARD",
        "audit.data,        ,   P2, LOW",
        "audit.system,      ,   P2, LOW",
        "audit.performance, ,   P2, LOW",
        "audit.compliance,  ,   P1, STANDARD",
        "audit.user,        P0, P0, HIGH"
    })
    void anAuditEventsPriorityIsItsOwnOrItsTopics(String topic, String own, Priority priority, Lane lane) {
        String json = audit(own == null ? "" : ",\"priority\":\"" + own + "\"");

        assertThat(routed(topic, json).priority()).isEqualTo(priority);
        assertThat(Lane.of(priority)).isEqualTo(lane);
    }

    @ParameterizedTest
    @CsvSource({"critical, P0", "error, P1", "warning, P1", "info, P2", "other, P1", ", P1"})
    void anAjEventsPriorityIsItsSeverity(String severity, Priority priority) {
        String metadata = severity == null ? "{}" : "{\"severity\":\"" + severity + "\"}";

        LaneHeaders headers = routed(
                "events.alert", "{\"event_type\":\"alert_triggered\",\"payload\":{},\"metadata\":" + metadata + "}");

        assertThat(headers.priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource({"P0, , ", "P0, 60, ", "P1, , 3600", "P2, , 900", "P3, , 300", "P3, 60, 60", "P1, 0, 3600"})
    void anEventExpiresByItsOwnTimeToLiveOrItsPriorityAndP0Never(String priority, Long ttl, Long seconds) {
        String json = audit(",\"priority\":\"" + priority + "\"" + (ttl == null ? "" : ",\"ttl\":" + ttl));

        assertThat(routed("audit.user", json).expiresAt())
                .isEqualTo(seconds == null ? null : APPENDED.plus(Duration.ofSeconds(seconds)));
    }

    @Test
    void idAndTimestampAreThePublishersOrComeFromTheRecord() {
        LaneHeaders own = routed("audit.user", audit(",\"id\":\"my-id\",\"timestamp\":\"2025-11-11T10:30:00Z\""));
        LaneHeaders derived = routed("audit.user", audit(""));

        assertThat(own.eventId().value()).isEqualTo("my-id");
        assertThat(own.occurredAt()).isEqualTo(Instant.parse("2025-11-11T10:30:00Z"));
        assertThat(derived.eventId().value()).matches("evt_1699123456789_[0-9a-z]{9}");
        assertThat(derived.occurredAt()).isEqualTo(APPENDED);
        assertThat(routed("audit.user", audit(""))).isEqualTo(derived);
    }

    @ParameterizedTest
    @ValueSource(strings = {TRACE})
    void traceContextIsCarriedThrough(String traceparent) {
        assertThat(routed(record("audit.user", audit(""), traceparent)).traceparent())
                .isEqualTo(traceparent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00-xyz", TRACE + "-more", "\r\nX-Injected: 1"})
    void whatIsNoTraceContextIsNotCarriedOn(String traceparent) {
        assertThat(routed(record("audit.user", audit(""), traceparent)).traceparent())
                .isNull();
    }

    @Test
    void whatIsNoEventIsInvalidWithAReason() {
        assertThat(Router.decide(record("audit.user", "{}", ""), LiveSettings.DEFAULTS, APPENDED))
                .isEqualTo(new RoutingDecision.Invalid("type: expected a string, got nothing: the field is missing"));
    }

    @ParameterizedTest
    @CsvSource({
        "audit.user.login,  false, P3, ,   P3",
        "audit.user.login,  false, P3, P1, P1",
        "audit.user.login,  true,  P3, P1, P3",
        "audit.user,        true,  P0, P2, P0",
        "audit,             false, P3, ,   P3",
        "audit.user.log,    true,  P0, P2, P2",
        "audit.user.login.x,true,  P0, P2, P2"
    })
    void aRuleCountsWhereItIsForcedOrTheEventHasNoPriority(
            String prefix, boolean forced, Priority rule, String own, Priority expected) {
        String json = "{\"type\":\"login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":1"
                + (own == null ? "" : ",\"priority\":\"" + own + "\"") + "}";

        RoutingDecision decision = Router.decide(
                record("audit.user", json, ""),
                with(Map.of(), Map.of(prefix, new PriorityRule(rule, forced))),
                APPENDED);

        assertThat(((RoutingDecision.Routed) decision).headers().priority()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "audit.data,        query.slow, 0.1",
        "audit.data,        query,      0.1",
        "audit.data,        querying,   1",
        "audit.data,        export,     1",
        "audit.performance, anything,   0.05",
        "audit.ai,          decision,   1"
    })
    void theRateIsThatOfTheLongestPrefixOfTheName(String topic, String type, double rate) {
        assertThat(Sampler.rate(topic, topic + "." + type, Priority.P2, LiveSettings.DEFAULTS))
                .isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "audit.security,   P2, true",
        "audit.compliance, P1, true",
        "audit.user,       P0, true",
        "audit.user,       P1, false",
        "audit.user,       P3, false"
    })
    void whatIsUrgentOrAboutSecurityOrComplianceIsNeverSampledOut(String topic, String priority, boolean kept) {
        RoutingDecision decision = Router.decide(
                record(topic, audit(",\"priority\":\"" + priority + "\""), ""),
                with(Map.of("audit", 0.0), Map.of()),
                APPENDED);

        assertThat(decision).isInstanceOf(kept ? RoutingDecision.Routed.class : RoutingDecision.SampledOut.class);
    }

    /** Worked out with another implementation of SHA-256. */
    @ParameterizedTest
    @CsvSource({"evt_1699123456789_abc123xyz, 0.129498386627", "my-id, 0.567690875864", "a, 0.791374270522"})
    void theShareIsDecidedByTheIdAlone(String id, double fraction) {
        assertThat(Sampler.keeps(new EventId(id), fraction + 1e-9)).isTrue();
        assertThat(Sampler.keeps(new EventId(id), fraction - 1e-9)).isFalse();
    }

    @Test
    void whatIsReadAfterItsTimeToLiveIsExpiredAndP0Never() {
        IngestRecord fiveMinutes = record("audit.user", audit(",\"priority\":\"P3\""), "");

        assertThat(Router.decide(fiveMinutes, KEEP_ALL, APPENDED.plusMillis(299_999)))
                .isInstanceOf(RoutingDecision.Routed.class);
        assertThat(Router.decide(fiveMinutes, KEEP_ALL, APPENDED.plusMillis(300_000)))
                .isEqualTo(
                        new RoutingDecision.Expired(new RoutingDecision.Passed("audit.user.a.b", "a.b", Priority.P3)));
        assertThat(Router.decide(
                        record("audit.user", audit(",\"priority\":\"P0\",\"ttl\":1"), ""),
                        KEEP_ALL,
                        APPENDED.plusSeconds(1_000_000)))
                .isInstanceOfSatisfying(RoutingDecision.Routed.class, routed -> assertThat(routed.ttlIgnored())
                        .isTrue());
    }

    private static LiveSettings with(Map<String, Double> sampling, Map<String, PriorityRule> priorities) {
        return new LiveSettings(
                sampling, priorities, LiveSettings.DEFAULTS.timeToLive(), LiveSettings.DEFAULTS.retryWaits());
    }

    private static String audit(String more) {
        return "{\"type\":\"a.b\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":1" + more + "}";
    }

    private static LaneHeaders routed(String topic, String json) {
        return routed(record(topic, json, ""));
    }

    private static LaneHeaders routed(IngestRecord record) {
        RoutingDecision decision = Router.decide(record, KEEP_ALL, APPENDED);
        assertThat(decision).isInstanceOf(RoutingDecision.Routed.class);
        return ((RoutingDecision.Routed) decision).headers();
    }

    private static IngestRecord record(String topic, String json, String traceparent) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        return new IngestRecord(new ConsumerRecord<>(
                topic,
                0,
                7,
                APPENDED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                json.length(),
                null,
                json.getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.empty()));
    }
}
