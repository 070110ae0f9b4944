package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.Timing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseRulesTest {

    private static final Instant NOW = Instant.parse("2025-11-11T10:30:00Z");
    private static final Timing TOOK = new Timing(Duration.ofMillis(2), Duration.ofMillis(17));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyTwoHundredIsDelivered(int status) {
        assertThat(answered(status, null, null)).isEqualTo(new DeliveryResult.Delivered(status, "body", TOOK, false));
    }

    @ParameterizedTest
    @CsvSource({
        "301, redirect",
        "302, redirect",
        "303, redirect",
        "307, redirect",
        "308, redirect",
        "400, http_400",
        "401, http_401",
        "404, http_404",
        "429, http_429",
        "500, http_500",
        "503, http_503"
    })
    void anyOtherAnswerIsTriedAgainUnderItsClass(int status, String error) {
        assertThat(answered(status, null, null))
                .isEqualTo(new DeliveryResult.Failed(
                        status,
                        "body",
                        TOOK,
                        error,
                        "expected a 2xx answer, got " + status,
                        DeliveryResult.Then.RETRY,
                        Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "410, , DISABLE",
        "500, disable, DISABLE",
        "400, Disable, DISABLE",
        "500, abort-message, ABORT",
        "503, abort-message, ABORT",
        "500, something else, RETRY"
    })
    void theReceiverMayEndTheEventOrItself(int status, @Nullable String directive, DeliveryResult.Then then) {
        DeliveryResult.Failed failed = (DeliveryResult.Failed) answered(status, null, directive);

        assertThat(failed.then()).isEqualTo(then);
        assertThat(failed.disablesTarget()).isEqualTo(then == DeliveryResult.Then.DISABLE);
    }

    @Test
    void aReceiverMayTakeAnEventAndWantNoMore() {
        assertThat(answered(200, null, "disable")).isEqualTo(new DeliveryResult.Delivered(200, "body", TOOK, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                           | 120",
                " 0                            | 0",
                "86400                         | 86400",
                "86401                         | 86400",
                "999999999                     | 86400",
                "Tue, 11 Nov 2025 10:32:00 GMT | 120",
                "Tue, 11 Nov 2025 10:00:00 GMT | 0",
                "Fri, 11 Nov 2035 10:00:00 GMT | 0",
                "Sun, 11 Nov 2035 10:00:00 GMT | 86400",
                "-5                            | 0",
                "soon                          | 0",
                "99999999999999999999          | 0"
            })
    void aBreakIsReadInBothForms(String header, long seconds) {
        assertThat(ResponseRules.retryAfter(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"429, 30", "503, 30", "500, 0", "404, 0"})
    void onlyOverloadMayAskForABreak(int status, long seconds) {
        DeliveryResult.Failed failed = (DeliveryResult.Failed) answered(status, "30", null);

        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource(HttpError.class)
    void noAnswerIsTriedAgainUnlessTheAddressIsBlocked(HttpError error) {
        DeliveryResult.Then then =
                error == HttpError.BLOCKED_ADDRESS ? DeliveryResult.Then.BLOCKED : DeliveryResult.Then.RETRY;

        assertThat(ResponseRules.result(new HttpOutcome.Unanswered(error, "why", TOOK), NOW))
                .isEqualTo(new DeliveryResult.Failed(null, "", TOOK, error.label(), "why", then, Duration.ZERO));
    }

    private static DeliveryResult answered(int status, @Nullable String retryAfter, @Nullable String directive) {
        return ResponseRules.result(new HttpOutcome.Answered(status, retryAfter, directive, "body", false, TOOK), NOW);
    }
}
