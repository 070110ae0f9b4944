package com.audiojones.bus.signature;

import static com.audiojones.bus.signature.WebhookVerifierTest.twice;
import static com.audiojones.bus.signature.WebhookVerifierTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardWebhookVerifierTest {

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
        assertThat(verifier(NOW)
                        .refusal(with(GENUINE, "Webhook-Signature", List.of(signatures)), BODY)
                        .orElse("genuine"))
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
        assertThat(verifier(NOW.plusSeconds(seconds)).refusal(GENUINE, BODY).orElse("genuine"))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"''", "yesterday", "-1", "1614265330.5", "99999999999999999999", "+1614265330"})
    void aTimeThatIsNoneIsRefused(String time) {
        assertThat(verifier(NOW).refusal(with(GENUINE, "Webhook-Timestamp", List.of(time)), BODY))
                .contains("timestamp_invalid");
    }

    @Test
    void missingAndRepeatedHeadersAreRefused() {
        assertThat(verifier(NOW).refusal(Map.of(), BODY)).contains("missing_headers");
        for (String name : GENUINE.keySet()) {
            assertThat(verifier(NOW).refusal(with(GENUINE, name, List.of()), BODY))
                    .contains("missing_headers");
            assertThat(verifier(NOW).refusal(with(GENUINE, name, twice(GENUINE, name)), BODY))
                    .contains("repeated_headers");
        }
    }

    @Test
    void anotherBodyOrIdIsRefused() {
        assertThat(verifier(NOW).refusal(GENUINE, new byte[0])).contains("signature_mismatch");
        assertThat(verifier(NOW).refusal(with(GENUINE, "Webhook-Id", List.of("msg_2")), BODY))
                .contains("signature_mismatch");
    }

    private static StandardWebhookVerifier verifier(Instant now) {
        return new StandardWebhookVerifier(SECRET, Clock.fixed(now, ZoneOffset.UTC));
    }
}
