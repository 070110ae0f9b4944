package com.audiojones.bus.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.live.LiveSettings;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What CloudEvents' own SDK writes is routed; and what others may write in their name is quarantined with a reason. */
class CloudEventsTest {

    private static final Instant APPENDED = Instant.parse("2026-03-01T12:00:42.500Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String PAYLOAD = "{\"amount\":12345678901234567890.10,\"z\":1,\"a\":\"\\u00e9\"}";

    private static CloudEventBuilder event() {
        return CloudEventBuilder.v1()
                .withId("ce-1")
                .withType("invoice.paid")
                .withSource(URI.create("/billing/eu"))
                .withTime(OffsetDateTime.parse("2026-03-01T13:00:00+01:00"))
                .withSubject("order-7")
                .withExtension("traceparent", TRACE)
                .withExtension("region", "eu")
                .withData("application/json", PAYLOAD.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void anAuditEvent(Encoding encoding) {
        RoutingDecision.Routed routed = routed(written("audit.user", event().build(), encoding));

        assertThat(routed.headers().eventId().value()).isEqualTo("ce-1");
        assertThat(routed.headers().name()).isEqualTo("audit.user.invoice.paid");
        assertThat(routed.headers().occurredAt()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(routed.headers().traceparent()).isEqualTo(TRACE);
        assertThat(routed.key()).asString().isEqualTo("order-7");
        assertThat(routed.body().toString())
                .startsWith("{\"event_id\":\"ce-1\",\"event_type\":\"invoice.paid\",")
                .contains("\"source\":\"/billing/eu\"", "\"region\":\"eu\"", "\"actor\":\"/billing/eu\"")
                .contains("\"actorType\":\"system\"", "\"priority\":\"P1\"")
                .doesNotContain("specversion", "subject", "original", "extra");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whatAnAuditEventSaysMoreIsAnExtension(Encoding encoding) {
        CloudEvent said = event().withExtension("actor", "u-1")
                .withExtension("actortype", "user")
                .withExtension("blueprintid", "bp-1")
                .withExtension("priority", "P2")
                .withExtension("ttl", 60)
                .build();

        RoutingDecision.Routed routed = routed(written("audit.user", said, encoding));

        assertThat(routed.headers().priority()).hasToString("P2");
        assertThat(routed.headers().expiresAt()).isEqualTo(APPENDED.plusSeconds(60));
        assertThat(routed.body().toString())
                .contains("\"actor\":\"u-1\"", "\"actorType\":\"user\"", "\"blueprintId\":\"bp-1\"");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void anAjEvent(Encoding encoding) {
        CloudEvent said = event().withType("status_change")
                .withExtension("severity", "critical")
                .build();

        RoutingDecision.Routed routed = routed(written("events.status", said, encoding));

        assertThat(routed.headers().name()).isEqualTo("status_change");
        assertThat(routed.headers().priority()).hasToString("P0");
        assertThat(routed.body().toString()).contains("\"metadata\":{").contains("\"source\":\"/billing/eu\"");
    }

    @Test
    void binaryDataTravelsByteForByte() {
        assertThat(routed(written("audit.user", event().build(), Encoding.BINARY))
                        .body()
                        .toString())
                .contains("\"payload\":" + PAYLOAD + ",");
    }

    /** The SDK reads and writes numbers anew; what others write is left as it is. */
    @Test
    void structuredDataTravelsByteForByte() {
        String json =
                "{\"specversion\":\"1.0\",\"id\":\"ce-1\",\"source\":\"/s\",\"type\":\"t\",\"data\":" + PAYLOAD + "}";

        RoutingDecision decision =
                decide("audit.user", null, json, Map.of("content-type", "application/cloudevents+json"));

        assertThat(((RoutingDecision.Routed) decision).body().toString()).contains("\"payload\":" + PAYLOAD + ",");
    }

    @Test
    void theRecordsKeyAndTraceContextGoBeforeTheEvents() {
        ConsumerRecord<byte[], byte[]> written = written("audit.user", event().build(), Encoding.BINARY);
        String other = TRACE.replace("b7ad", "c8be");
        written.headers().add("traceparent", other.getBytes(StandardCharsets.US_ASCII));
        ConsumerRecord<byte[], byte[]> keyed = record(
                "audit.user", "k".getBytes(StandardCharsets.UTF_8), written.value(), (RecordHeaders) written.headers());

        assertThat(routed(keyed).key()).asString().isEqualTo("k");
        assertThat(routed(keyed).headers().traceparent()).isEqualTo(other);
    }

    @Test
    void anEventWithoutDataHasThePayloadNull() {
        CloudEvent said = CloudEventBuilder.v1()
                .withId("ce-1")
                .withType("t")
                .withSource(URI.create("/s"))
                .build();

        assertThat(routed(written("events.status", said, Encoding.BINARY))
                        .body()
                        .toString())
                .contains("\"payload\":null,\"metadata\":{\"source\":\"/s\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce_specversion=0.3,ce_id=1,ce_type=t,ce_source=/s | 1 | specversion: expected 1.0, got",
                "ce_specversion=1.0,ce_type=t,ce_source=/s | 1 | id: expected a string",
                "ce_specversion=1.0,ce_id=1,ce_source=/s | 1 | type: expected a string",
                "ce_specversion=1.0,ce_id=1,ce_type=t | 1 | source: expected a string",
                "ce_specversion=1.0,ce_id=a b,ce_type=t,ce_source=/s | 1 | id: expected 1 to 128 letters",
                "ce_specversion=1.0,ce_id=1,ce_type=t,ce_source=/s | {\"a\": | data: expected one JSON value",
                "ce_specversion=1.0,ce_id=1,ce_type=t,ce_source=/s | 1,\"priority\":\"P0\" | data: expected one JSON value",
                "ce_specversion=1.0,ce_id=1,ce_type=t,ce_source=/s,ce_time=noon | 1 | timestamp: expected an ISO-8601",
                "ce_specversion=1.0,ce_id=1,ce_type=t,ce_source=/s,ce_ttl=soon | 1 | ttl: expected whole seconds",
                "ce_specversion=1.0,ce_id=1,ce_type=t,ce_source=/s,content-type=text/xml | 1 | header content-type: expected JSON",
                "content-type=application/cloudevents-batch+json | [] | header content-type: expected application/cloudevents+json",
                "content-type=application/cloudevents+json | 7 | value: expected one JSON object",
                "content-type=application/cloudevents+json | {\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data_base64\":\"AA==\"} | data_base64: expected JSON",
                "content-type=application/cloudevents+json | {\"specversion\":\"1.0\",\"id\":1,\"source\":\"/s\",\"type\":\"t\"} | id: expected a string",
            })
    void whatIsNoCloudEventOfOursIsInvalid(String headers, String value, String reason) {
        Map<String, String> byName = new HashMap<>();
        for (String header : headers.split(",")) {
            byName.put(header.substring(0, header.indexOf('=')), header.substring(header.indexOf('=') + 1));
        }

        assertThat(decide("audit.user", null, value, byName))
                .isInstanceOfSatisfying(RoutingDecision.Invalid.class, invalid -> assertThat(invalid.reason())
                        .startsWith("CloudEvent: " + reason));
    }

    @Test
    void aSubjectThatIsNoKeyIsInvalid() {
        CloudEvent said = event().withSubject("s".repeat(1_025)).build();

        assertThat(decide(written("audit.user", said, Encoding.BINARY)))
                .isInstanceOfSatisfying(RoutingDecision.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo("CloudEvent: subject: expected at most 1024 bytes, got 1025 bytes"));
    }

    private static RoutingDecision.Routed routed(ConsumerRecord<byte[], byte[]> record) {
        RoutingDecision decision = decide(record);
        assertThat(decision).isInstanceOf(RoutingDecision.Routed.class);
        return (RoutingDecision.Routed) decision;
    }

    private static RoutingDecision decide(ConsumerRecord<byte[], byte[]> record) {
        return Router.decide(new IngestRecord(record), LiveSettings.DEFAULTS, APPENDED.plusSeconds(1));
    }

    private static RoutingDecision decide(
            String topic, byte @Nullable [] key, String value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return decide(record(topic, key, value.getBytes(StandardCharsets.UTF_8), all));
    }

    private static ConsumerRecord<byte[], byte[]> written(String topic, CloudEvent event, Encoding encoding) {
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            serializer.configure(
                    encoding == Encoding.BINARY
                            ? Map.of(CloudEventSerializer.ENCODING_CONFIG, encoding)
                            : Map.of(
                                    CloudEventSerializer.ENCODING_CONFIG,
                                    encoding,
                                    CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                    JsonFormat.CONTENT_TYPE),
                    false);
            RecordHeaders headers = new RecordHeaders();
            return record(topic, null, serializer.serialize(topic, headers, event), headers);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                0,
                5,
                APPENDED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }
}
