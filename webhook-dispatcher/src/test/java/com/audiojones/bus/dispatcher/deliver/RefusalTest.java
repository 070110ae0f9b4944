package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.Timing;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "409, true",
        "413, true",
        "415, true",
        "422, true",
        "401, false",
        "403, false",
        "404, false",
        "405, false",
        "408, false",
        "410, false",
        "429, false",
        "500, false",
        "503, false",
        "302, false"
    })
    void anAnswerAboutTheEventSaysNothingAgainstTheTarget(int status, boolean refusal) {
        DeliveryResult result = ResponseRules.result(
                new HttpOutcome.Answered(status, null, null, "", false, Timing.NONE),
                Instant.parse("2025-11-11T10:30:00Z"));

        assertThat(((DeliveryResult.Failed) result).isRefusal()).isEqualTo(refusal);
    }
}
