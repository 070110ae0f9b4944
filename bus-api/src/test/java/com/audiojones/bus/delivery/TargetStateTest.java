package com.audiojones.bus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.Golden;
import com.audiojones.bus.delivery.TargetState.Breaker;
import com.audiojones.bus.delivery.TargetState.Status;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetStateTest {

    private static final Instant TIME = Instant.parse("2025-11-11T10:30:01Z");
    private static final TargetState FULL = new TargetState(
            Status.DISABLED,
            7,
            "the receiver asked for it (status 410)",
            TIME.minusSeconds(3600),
            Breaker.OPEN,
            TIME.plusSeconds(4),
            TIME.plusSeconds(120),
            8,
            21_000,
            "dispatcher-1",
            TIME);
    private static final TargetState BARE =
            new TargetState(Status.ACTIVE, 1, null, null, Breaker.CLOSED, null, null, 16, 0, "dispatcher-1", TIME);

    @Test
    void statesAreWrittenAsAgreed() {
        Golden.assertSame("target-state-full.json", text(FULL));
        Golden.assertSame("target-state-bare.json", text(BARE));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws InvalidRecordException {
        assertThat(TargetState.fromJson(FULL.toJson())).isEqualTo(FULL);
        assertThat(TargetState.fromJson(BARE.toJson())).isEqualTo(BARE);
    }

    @Test
    void fieldsOfALaterVersionArePassedOver() throws InvalidRecordException {
        String later = text(BARE).replace("{\"status\"", "{\"later\":{\"a\":[1]},\"status\"");

        assertThat(TargetState.fromJson(bytes(later))).isEqualTo(BARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "7", "not json", "{\"status\":\"active\"}"})
    void whatIsNoStateIsRefused(String json) {
        assertThatThrownBy(() -> TargetState.fromJson(bytes(json)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("target state: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"status\":\"active\"                       | \"status\":\"paused\"",
                "\"status\":\"active\",                      | ''",
                "\"target_version\":1                        | \"target_version\":null",
                "\"target_version\":1                        | \"target_version\":\"one\"",
                "\"breaker\":\"closed\"                      | \"breaker\":\"half-open\"",
                "\"breaker\":\"closed\"                      | \"breaker\":null",
                "\"cap\":16                                  | \"cap\":99999999999",
                "\"cap\":16                                  | \"cap\":{}",
                "\"instance\":\"dispatcher-1\",              | ''",
                "\"updated_at\":\"2025-11-11T10:30:01.000Z\" | \"updated_at\":\"yesterday\"",
                "\"updated_at\":\"2025-11-11T10:30:01.000Z\" | \"updated_at\":1762857001000",
                "\"updated_at\":\"2025-11-11T10:30:01.000Z\" | \"updated_at\":{}"
            })
    void aMalformedFieldIsRefused(String field, String broken) {
        String json = text(BARE);
        assertThat(json).contains(field);

        assertThatThrownBy(() -> TargetState.fromJson(bytes(json.replace(field, broken))))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("target state: ");
    }

    private static String text(TargetState state) {
        return new String(state.toJson(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
