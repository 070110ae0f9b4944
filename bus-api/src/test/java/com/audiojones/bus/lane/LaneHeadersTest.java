package com.audiojones.bus.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.Golden;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneHeadersTest {

    private static final LaneHeaders FULL = new LaneHeaders(
            new EventId("evt_1"),
            "user.login",
            "audit.user.login",
            "audit.user",
            Priority.P1,
            Instant.parse("2025-11-11T10:30:00Z"),
            Instant.parse("2025-11-11T10:30:00.120Z"),
            Instant.parse("2025-11-11T11:30:00.120Z"),
            0.1,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "replay_1",
            "tgt_1");

    @Test
    void headersAreWrittenAsAgreed() {
        Golden.assertSame("lane.headers", Golden.headerLines(written(FULL)));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws InvalidRecordException {
        LaneHeaders bare = new LaneHeaders(
                FULL.eventId(),
                "t",
                "t",
                "events.status",
                Priority.P0,
                FULL.occurredAt(),
                FULL.ingestedAt(),
                null,
                1,
                null,
                null,
                null);

        assertThat(LaneHeaders.read(written(FULL))).isEqualTo(FULL);
        assertThat(LaneHeaders.read(written(bare))).isEqualTo(bare);
    }

    @Test
    void writingReplacesWhatIsThere() throws InvalidRecordException {
        Headers headers = written(FULL);

        FULL.replayedAs("replay_2", null, null).writeTo(headers);

        assertThat(LaneHeaders.read(headers)).isEqualTo(FULL.replayedAs("replay_2", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "event-id,    a b,       'header event-id: expected another form, got ''a b'''",
        "priority,    P9,        'header priority: expected another form, got ''P9'''",
        "sample-rate, 2,         'header sample-rate: expected another form, got ''2'''",
        "sample-rate, 4.9E-324,  'header sample-rate: expected another form, got ''4.9E-324'''",
        "event-type,  a b,       'header event-type: expected another form, got ''a b'''",
        "sample-rate, NaN,       'header sample-rate: expected another form, got ''NaN'''",
        "occurred-at, yesterday, 'header occurred-at: expected another form, got ''yesterday'''",
        "name,        '',        'header name: expected a value, got nothing'"
    })
    void aMalformedHeaderIsRefusedWithAReason(String name, String value, String reason) {
        Headers headers = written(FULL);
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> LaneHeaders.read(headers))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void aHeaderThatIsThereTwiceIsRefused() {
        Headers headers = written(FULL);
        headers.add("only-target", "tgt_2".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> LaneHeaders.read(headers))
                .hasMessage("header only-target: expected once, got it several times");
    }

    @Test
    void aMissingHeaderIsRefused() {
        assertThatThrownBy(() -> LaneHeaders.read(new RecordHeaders()))
                .hasMessage("header event-id: expected a value, got nothing");
    }

    private static Headers written(LaneHeaders lane) {
        Headers headers = new RecordHeaders();
        lane.writeTo(headers);
        return headers;
    }
}
