package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseRulesTest {

    private static final Timing TOOK = new Timing(Duration.ofMillis(3), Duration.ofMillis(17));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyTwoHundredIsDelivered(int status) {
        assertThat(ResponseRules.result(new HttpOutcome.Answered(status, null, null, "ok", false, TOOK)))
                .isEqualTo(new DeliveryResult.Delivered(status, "ok", 17));
    }

    @ParameterizedTest
    @CsvSource({
        "301, redirect",
        "302, redirect",
        "307, redirect",
        "308, redirect",
        "400, http_400",
        "410, http_410",
        "429, http_429",
        "500, http_500",
        "503, http_503"
    })
    void anyOtherAnswerIsAFailureWithItsClass(int status, String error) {
        assertThat(ResponseRules.result(new HttpOutcome.Answered(status, null, null, "no", false, TOOK)))
                .isEqualTo(new DeliveryResult.Failed(
                        status,
                        "no",
                        17,
                        error,
                        "expected a 2xx answer, got " + status,
                        DeadLetterReason.MAX_ATTEMPTS));
    }

    @ParameterizedTest
    @EnumSource(value = HttpError.class, mode = EnumSource.Mode.EXCLUDE, names = "BLOCKED_ADDRESS")
    void noAnswerIsAFailureWithItsClass(HttpError error) {
        assertThat(ResponseRules.result(new HttpOutcome.Unanswered(error, "why", TOOK)))
                .isEqualTo(
                        new DeliveryResult.Failed(null, "", 17, error.label(), "why", DeadLetterReason.MAX_ATTEMPTS));
    }

    @Test
    void aBlockedAddressIsAReasonOfItsOwn() {
        assertThat(ResponseRules.result(new HttpOutcome.Unanswered(HttpError.BLOCKED_ADDRESS, "why", TOOK)))
                .isEqualTo(new DeliveryResult.Failed(
                        null, "", 17, "blocked_address", "why", DeadLetterReason.BLOCKED_ADDRESS));
    }
}
