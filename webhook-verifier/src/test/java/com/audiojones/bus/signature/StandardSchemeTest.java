package com.audiojones.bus.signature;

import static com.audiojones.bus.signature.AjSchemeTest.twice;
import static com.audiojones.bus.signature.AjSchemeTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardSchemeTest {

    private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, List<String>> GENUINE = Map.of(
            "Webhook-Id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
            "Webhook-Timestamp", List.of("1614265330"),
            "Webhook-Signature", List.of("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | genuine",
                "v1,AAAA v1a,BBBB v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v9,C | genuine",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | signature_mismatch",
                "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | signature_mismatch",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | signature_mismatch",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE | signature_mismatch",
                "v1,AAAA v1,BBBB | signature_mismatch",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | signature_mismatch",
                "v1, | signature_mismatch",
                "'' | signature_mismatch"
            })
    void exactlyOneSignatureOfTheVersionMustBeTheSecrets(String signatures, String verdict) {
        assertThat(verdict(NOW, with(GENUINE, "Webhook-Signature", List.of(signatures)), BODY))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "-301, timestamp_expired",
        "-300, genuine",
        "300, genuine",
        "301, timestamp_expired",
    })
    void fiveMinutesOfSkewAreAllowedInBothDirections(long seconds, String verdict) {
        assertThat(verdict(NOW.plusSeconds(seconds), GENUINE, BODY)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"''", "yesterday", "-1", "1614265330.5", "99999999999999999999", "+1614265330"})
    void aTimeThatIsNoneIsRefused(String time) {
        assertThat(verdict(NOW, with(GENUINE, "Webhook-Timestamp", List.of(time)), BODY))
                .isEqualTo("timestamp_invalid");
    }

    @Test
    void missingAndRepeatedHeadersAreRefused() {
        assertThat(verdict(NOW, Map.of(), BODY)).isEqualTo("missing_headers");
        for (String name : GENUINE.keySet()) {
            assertThat(verdict(NOW, with(GENUINE, name, List.of()), BODY)).isEqualTo("missing_headers");
            assertThat(verdict(NOW, with(GENUINE, name, twice(GENUINE, name)), BODY))
                    .isEqualTo("repeated_headers");
        }
    }

    @Test
    void anotherBodyOrIdIsRefused() {
        assertThat(verdict(NOW, GENUINE, new byte[0])).isEqualTo("signature_mismatch");
        assertThat(verdict(NOW, with(GENUINE, "Webhook-Id", List.of("msg_2")), BODY))
                .isEqualTo("signature_mismatch");
    }

    private static String verdict(Instant now, Map<String, List<String>> headers, byte[] body) {
        return WebhookVerifier.standard(SECRET)
                .withClock(Clock.fixed(now, ZoneOffset.UTC))
                .refusal(headers, body)
                .map(refusal -> refusal.reason().code())
                .orElse("genuine");
    }
}
