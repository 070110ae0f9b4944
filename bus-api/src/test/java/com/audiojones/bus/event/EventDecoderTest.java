package com.audiojones.bus.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventDecoderTest {

    private static final String AUDIT = """
            {"type":"user.action.task.created","timestamp":"2025-11-11T10:30:00.000Z","actor":"user-123",\
            "actorType":"user","blueprintId":"bp-456","data":{"taskId":"task-789"},"priority":"P1","ttl":60}""";

    @Test
    void everyFieldOfAnAuditEventIsRead() {
        IngestEvent event = accepted(EventFamily.AUDIT, AUDIT);

        assertThat(event.type()).isEqualTo("user.action.task.created");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2025-11-11T10:30:00Z"));
        assertThat(event.priority()).isEqualTo(Priority.P1);
        assertThat(event.ttl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(event.payload()).hasToString("{\"taskId\":\"task-789\"}");
        assertThat(event.attributes().keySet()).containsExactly("actor", "actorType", "blueprintId");
        assertThat(event.id()).isNull();
    }

    @Test
    void severityOfThePayloadCountsWhereTheMetadataHasNone() {
        IngestEvent event = accepted(
                EventFamily.AJ,
                "{\"event_type\":\"alert_triggered\",\"payload\":{\"severity\":\"critical\"},\"metadata\":{\"source\":\"api\"}}");

        assertThat(event.severity()).isEqualTo("critical");
        assertThat(event.source()).isEqualTo("api");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event_type\":\"t\",\"payload\":  [1.0,  12345678901234567890 ] }|[1.0,  12345678901234567890 ]",
                "{\"payload\":-0.10e+5,\"event_type\":\"t\"}|-0.10e+5",
                "{\"payload\":\"a\\u00e9\\n\" ,\"event_type\":\"t\"}|\"a\\u00e9\\n\"",
                "{\"payload\": null,\"event_type\":\"t\"}|null",
                "{\"payload\":true,\"event_type\":\"t\"}|true",
                "{\"payload\":{\"b\":1,\"a\":{\"x\":[]}},\"event_type\":\"t\"}|{\"b\":1,\"a\":{\"x\":[]}}",
                "{\"event_type\":\"t\",\"payload\":7}|7",
                "{\"event_type\":\"t\",\"payload\":\"ü€😀\"}|\"ü€😀\""
            })
    void payloadKeepsItsBytes(String json, String payload) {
        assertThat(accepted(EventFamily.AJ, json).payload()).hasToString(payload);
    }

    @Test
    void payloadKeepsItsBytesBehindAByteOrderMark() {
        IngestEvent event = accepted(EventFamily.AJ, "\uFEFF{\"event_type\":\"t\",\"payload\":{\"a\": 1}}");

        assertThat(event.payload()).hasToString("{\"a\": 1}");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "value: expected a JSON object, got an empty record"),
                Arguments.of("not json", "value: expected one JSON object, got: Unrecognized token 'not'"),
                Arguments.of("[1]", "value: expected one JSON object, got: expected one JSON object"),
                Arguments.of("null", "value: expected one JSON object"),
                Arguments.of("{} {}", "value: expected one JSON object"),
                Arguments.of("{\"type\":", "value: expected one JSON object, got: Unexpected end-of-input"),
                Arguments.of("{\"a\":1,\"a\":2}", "value: expected one JSON object, got: Duplicate"),
                Arguments.of("{\"data\":{\"a\":1,\"a\":2}}", "value: expected one JSON object, got: Duplicate"),
                Arguments.of("{\"data\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "depth"),
                Arguments.of("{\"a\\ud800\":1}", "value: expected one JSON object"),
                Arguments.of("{\u0000}", "value: expected JSON text in UTF-8, got a NUL byte at offset 1"),
                Arguments.of("{}", "type: expected a string, got nothing: the field is missing"),
                Arguments.of("{\"type\":7}", "type: expected a string, got 7"),
                Arguments.of("{\"type\":\"a b\"}", "type: expected letters, digits, _ and -"),
                Arguments.of("{\"type\":\"" + "x".repeat(201) + "\"}", "type: expected letters"),
                Arguments.of("{\"type\":\"a\"}", "actor: expected a string, got nothing"),
                Arguments.of("{\"type\":\"a\",\"actor\":\"\"}", "actor: expected a string that is not empty"),
                Arguments.of(
                        "{\"type\":\"a\",\"actor\":\"u\",\"actorType\":\"robot\"}",
                        "actorType: expected one of user, team, partner, system, ai, got \"robot\""),
                Arguments.of(audit("\"id\":\"a/b\""), "id: expected 1 to 128 letters"),
                Arguments.of(audit("\"id\":17"), "id: expected a string, got 17"),
                Arguments.of(audit("\"priority\":\"P4\""), "priority: expected one of P0, P1, P2, P3, got \"P4\""),
                Arguments.of(audit("\"priority\":1"), "priority: expected one of P0, P1, P2, P3, got 1"),
                Arguments.of(audit("\"ttl\":-1"), "ttl: expected whole seconds from 0 to 31536000, got -1"),
                Arguments.of(audit("\"ttl\":1.5"), "ttl: expected whole seconds"),
                Arguments.of(audit("\"ttl\":99999999999999999999"), "ttl: expected whole seconds"),
                Arguments.of(audit("\"timestamp\":\"yesterday\""), "timestamp: expected an ISO-8601 time"),
                Arguments.of(audit("\"timestamp\":\"2025-11-11T10:30:00\""), "timestamp: expected an ISO-8601 time"),
                Arguments.of(audit("\"timestamp\":\"+99999-01-01T00:00:00Z\""), "timestamp: expected"),
                Arguments.of(audit("\"timestamp\":1699123456789"), "timestamp: expected an ISO-8601 time"),
                Arguments.of(audit("\"blueprintId\":{}"), "blueprintId: expected a string, got {}"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatBreaksTheContractIsRefusedWithAReason(String json, String reason) {
        assertThat(rejected(EventFamily.AUDIT, null, json.getBytes(StandardCharsets.UTF_8)))
                .contains(reason)
                .doesNotContain("\n");
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedWithTheirPlace() {
        byte[] value = "{\"type\":\"a?\"}".getBytes(StandardCharsets.UTF_8);
        value[10] = (byte) 0xc3;

        assertThat(rejected(EventFamily.AUDIT, null, value))
                .isEqualTo("value: expected JSON text in UTF-8, got an invalid sequence at offset 10");
    }

    @Test
    void utf16IsRefusedInsteadOfGuessed() {
        assertThat(rejected(EventFamily.AUDIT, null, AUDIT.getBytes(StandardCharsets.UTF_16BE)))
                .contains("NUL byte");
    }

    @Test
    void oversizeIsRefusedBeforeItIsParsed() {
        assertThat(rejected(EventFamily.AJ, null, new byte[EventDecoder.MAX_EVENT_BYTES + 1]))
                .isEqualTo("value: expected at most 262144 bytes, got 262145 bytes");
        assertThat(rejected(EventFamily.AJ, new byte[1025], AUDIT.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("key: expected at most 1024 bytes, got 1025 bytes");
    }

    @Test
    void ajMetadataMustBeAnObject() {
        byte[] value = "{\"event_type\":\"t\",\"payload\":1,\"metadata\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThat(rejected(EventFamily.AJ, null, value)).isEqualTo("metadata: expected an object, got []");
    }

    @Test
    void nullMeansLeftOutForOptionalFields() {
        IngestEvent event = accepted(
                EventFamily.AUDIT,
                audit(
                        "\"id\":null,\"timestamp\":null,\"priority\":null,\"ttl\":null,\"blueprintId\":null,\"metadata\":null"));

        assertThat(event.id()).isNull();
        assertThat(event.ttl()).isNull();
        assertThat(event.metadata()).isEmpty();
        assertThat(event.extra()).isEmpty();
    }

    private static String audit(String more) {
        return "{\"type\":\"a\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":null," + more + "}";
    }

    private static IngestEvent accepted(EventFamily family, String json) {
        Decoding decoding = EventDecoder.decode(family, null, json.getBytes(StandardCharsets.UTF_8));
        assertThat(decoding).isInstanceOf(Decoding.Accepted.class);
        return ((Decoding.Accepted) decoding).event();
    }

    private static String rejected(EventFamily family, byte @Nullable [] key, byte[] value) {
        Decoding decoding = EventDecoder.decode(family, key, value);
        assertThat(decoding).isInstanceOf(Decoding.Rejected.class);
        return ((Decoding.Rejected) decoding).reason();
    }
}
