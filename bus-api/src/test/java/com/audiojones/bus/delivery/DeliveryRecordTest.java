package com.audiojones.bus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.Golden;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryRecordTest {

    private static final Instant TIME = Instant.parse("2025-11-11T10:30:01Z");
    private static final DeliveryRecord FULL = new DeliveryRecord(
            DeliveryKind.ATTEMPT_FAILED,
            "evt_1",
            "user.login",
            "audit.user.login",
            "audit.user",
            Priority.P1,
            "replay_1",
            TIME.minusSeconds(1),
            "tgt_1",
            "https://example.com/webhook",
            2,
            3,
            4,
            500,
            "http_500",
            "expected a 2xx answer, got 500",
            245L,
            "oops",
            TIME,
            TIME.plusSeconds(4));

    @Test
    void recordsAreWrittenAsAgreed() {
        Golden.assertSame("delivery-full.json", text(FULL.toJson()));
        Golden.assertSame("delivery-unmatched.json", text(unmatched().toJson()));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws InvalidRecordException {
        assertThat(DeliveryRecord.fromJson(FULL.toJson())).isEqualTo(FULL);
        assertThat(DeliveryRecord.fromJson(unmatched().toJson())).isEqualTo(unmatched());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"kind\":\"nope\"}", "not json"})
    void whatIsNoDeliveryRecordIsRefused(String json) {
        assertThatThrownBy(() -> DeliveryRecord.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("delivery record: ");
    }

    private static DeliveryRecord unmatched() {
        LaneHeaders event = new LaneHeaders(
                new EventId("evt_1"), "t", "t", "events.status", Priority.P0, TIME, TIME, null, 1, null, null, null);
        return DeliveryRecord.unmatched(event, TIME);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
