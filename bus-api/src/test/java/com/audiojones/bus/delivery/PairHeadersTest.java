package com.audiojones.bus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.Golden;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import com.audiojones.bus.delivery.PairHeaders.Origin;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairHeadersTest {

    private static final LastFailure FAILURE = new LastFailure(503, "expected a 2xx answer, got 503", 17);

    @Test
    void headersAreWrittenAsAgreed() {
        Golden.assertSame("pair.headers", Golden.headerLines(written(pair(FAILURE))));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws InvalidRecordException {
        PairHeaders unanswered = pair(new LastFailure(null, "timeout", 0));

        assertThat(PairHeaders.read(written(pair(FAILURE)))).isEqualTo(pair(FAILURE));
        assertThat(PairHeaders.read(written(unanswered))).isEqualTo(unanswered);
        assertThat(PairHeaders.read(written(pair(null)))).isEqualTo(pair(null));
    }

    @Test
    void writingReplacesWhatIsThere() throws InvalidRecordException {
        Headers headers = written(pair(FAILURE));

        pair(null).writeTo(headers);

        assertThat(PairHeaders.read(headers)).isEqualTo(pair(null));
        assertThat(headers).hasSize(12);
    }

    @Test
    void headersOfOthersStay() {
        Headers headers = new RecordHeaders();
        headers.add("event-id", "evt_1".getBytes(StandardCharsets.UTF_8));

        pair(null).writeTo(headers);

        assertThat(new String(headers.lastHeader("event-id").value(), StandardCharsets.UTF_8))
                .isEqualTo("evt_1");
    }

    @Test
    void aLongErrorIsCutBetweenCharacters() throws InvalidRecordException {
        PairHeaders wordy = pair(new LastFailure(null, "ü".repeat(255) + "€€", 1));

        assertThat(PairHeaders.read(written(wordy)).lastFailure()).isEqualTo(new LastFailure(null, "ü".repeat(255), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target-id",
                "target-rev",
                "attempt",
                "request-no",
                "deferrals",
                "parked",
                "first-seen-ms",
                "not-before-ms",
                "matched",
                "orig-topic",
                "orig-partition",
                "orig-offset"
            })
    void aHeaderIsThereOnceWithAValueOfSomeLength(String name) {
        assertThatThrownBy(() -> PairHeaders.read(with(name, null)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("header " + name + ": expected a value, got nothing");
        assertThatThrownBy(() -> PairHeaders.read(with(name, "")))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("header " + name + ": expected a value, got nothing");
        assertThatThrownBy(() -> PairHeaders.read(with(name, "9".repeat(2049))))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("header " + name + ": expected at most 2048 bytes, got 2049");
        assertThatThrownBy(() -> PairHeaders.read(with(name, "1").add(name, new byte[] {'1'})))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("header " + name + ": expected once, got it several times");
    }

    @ParameterizedTest
    @CsvSource({
        "target-rev,      one",
        "target-rev,      -1",
        "target-rev,      9223372036854775808",
        "attempt,         -1",
        "attempt,         1.5",
        "attempt,         1000001",
        "attempt,         99999999999",
        "request-no,      0x10",
        "deferrals,       ' 1'",
        "parked,          TRUE",
        "parked,          yes",
        "first-seen-ms,   -1",
        "first-seen-ms,   2025-11-11T10:30:00Z",
        "not-before-ms,   253402300800000",
        "not-before-ms,   9223372036854775807",
        "matched,         many",
        "orig-partition,  -1",
        "orig-offset,     -1",
        "orig-offset,     end",
        "last-status,     OK",
        "last-status,     ''",
        "last-latency-ms, -1",
        "last-latency-ms, 1s"
    })
    void aMalformedHeaderIsRefusedWithItsNameAndValue(String name, String value) {
        Headers headers = with(name, value);

        assertThatThrownBy(() -> PairHeaders.read(headers))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("header " + name + ": expected another form, got '" + value + "'");
    }

    @Test
    void ofAHostileValueOnlyTheBeginningIsQuoted() {
        Headers headers = with("attempt", "9".repeat(2048));

        assertThatThrownBy(() -> PairHeaders.read(headers))
                .hasMessage("header attempt: expected another form, got '" + "9".repeat(80) + "...'");
    }

    private static Headers with(String name, @Nullable String value) {
        Headers headers = written(pair(FAILURE)).remove(name);
        return value == null ? headers : headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static PairHeaders pair(@Nullable LastFailure failure) {
        return new PairHeaders(
                "tgt_1",
                7,
                2,
                3,
                1,
                true,
                Instant.ofEpochMilli(1_699_123_456_000L),
                Instant.ofEpochMilli(1_699_123_460_789L),
                4,
                new Origin("bus.lane.high", 5, 123_456_789_012L),
                failure);
    }

    private static Headers written(PairHeaders pair) {
        Headers headers = new RecordHeaders();
        pair.writeTo(headers);
        return headers;
    }
}
