package com.audiojones.bus.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AjSchemeTest {

    private static final Secret SECRET = new Secret("a-demo-secret-of-at-least-32-characters");
    private static final Instant NOW = Instant.parse("2025-11-11T10:30:00Z");
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatTheSignerSignsIsGenuine() {
        assertThat(verdict(NOW, BODY)).isEqualTo("genuine");
    }

    @Test
    void anotherBodyIsRefused() {
        assertThat(verdict(NOW, "{\"a\":2}".getBytes(StandardCharsets.UTF_8))).isEqualTo("signature_mismatch");
    }

    @Test
    void fiveMinutesOfSkewAreAllowedAndNoMoreInBothDirections() {
        assertThat(verdict(NOW.minusSeconds(300), BODY)).isEqualTo("genuine");
        assertThat(verdict(NOW.plusSeconds(300), BODY)).isEqualTo("genuine");
        assertThat(verdict(NOW.minusSeconds(301), BODY)).isEqualTo("timestamp_expired");
        assertThat(verdict(NOW.plusSeconds(301), BODY)).isEqualTo("timestamp_expired");
    }

    @Test
    void missingOrMalformedHeadersAreRefused() {
        assertThat(verdict("sha256=00", "yesterday")).isEqualTo("timestamp_invalid");
        assertThat(verdict("sha256=00", "")).isEqualTo("timestamp_invalid");
        assertThat(verdict("", "2025-11-11T10:30:00Z")).isEqualTo("signature_mismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "2025-11-11T10:24:59.999Z",
                "2025-11-11T10:35:00.001Z"
            })
    void aTimeFarAwayIsRefused(String timestamp) {
        assertThat(verdict("sha256=00", timestamp)).isEqualTo("timestamp_expired");
    }

    @Test
    void aReceiverWithTheOldSecretTakesWhatIsSignedWithBoth() {
        Secret newer = new Secret("another-secret-of-at-least-32-characters");
        Instant end = NOW.plusSeconds(60);
        WebhookSigner rotating = new WebhookSigner(newer, List.of(new PreviousSecret(SECRET, end)), null);

        assertThat(verdict(SECRET, received(rotating, NOW), BODY)).isEqualTo("genuine");
        assertThat(verdict(SECRET, received(rotating, end), BODY)).isEqualTo("signature_mismatch");
        assertThat(verdict(newer, received(rotating, NOW), BODY)).isEqualTo("genuine");
    }

    @Test
    void headersAreFoundInAnyCaseAndTakenOnlyOnce() {
        Map<String, List<String>> genuine = received(new WebhookSigner(SECRET, List.of(), null), NOW);
        Map<String, List<String>> lower = new HashMap<>();
        genuine.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));

        assertThat(verdict(SECRET, lower, BODY)).isEqualTo("genuine");
        assertThat(verdict(SECRET, Map.of(), BODY)).isEqualTo("missing_headers");
        for (String name : List.of("X-AJ-Signature", "X-AJ-Timestamp")) {
            assertThat(verdict(SECRET, with(genuine, name, List.of()), BODY)).isEqualTo("missing_headers");
            assertThat(verdict(SECRET, with(genuine, name, twice(genuine, name)), BODY))
                    .isEqualTo("repeated_headers");
        }
        assertThat(verdict(SECRET, with(genuine, "X-AJ-Signature-Previous", List.of("a", "b")), BODY))
                .isEqualTo("repeated_headers");
        assertThat(verdict(SECRET, with(genuine, "X-AJ-Signature-Previous", List.of("a")), BODY))
                .isEqualTo("genuine");
    }

    static Map<String, List<String>> received(WebhookSigner signer, Instant now) {
        Map<String, List<String>> received = new HashMap<>();
        signer.headers("msg_1", "t", BODY, now).forEach((name, value) -> received.put(name, List.of(value)));
        return received;
    }

    static Map<String, List<String>> with(Map<String, List<String>> headers, String name, List<String> values) {
        Map<String, List<String>> changed = new HashMap<>(headers);
        changed.put(name, values);
        return changed;
    }

    static List<String> twice(Map<String, List<String>> headers, String name) {
        List<String> values = new ArrayList<>(headers.getOrDefault(name, List.of()));
        values.addAll(headers.getOrDefault(name, List.of()));
        return values;
    }

    private static String verdict(Instant signedAt, byte[] body) {
        return verdict(SECRET, received(new WebhookSigner(SECRET, List.of(), null), signedAt), body);
    }

    private static String verdict(String signature, String timestamp) {
        return verdict(
                SECRET, Map.of("X-AJ-Signature", List.of(signature), "X-AJ-Timestamp", List.of(timestamp)), BODY);
    }

    private static String verdict(Secret secret, Map<String, List<String>> headers, byte[] body) {
        return WebhookVerifier.aj(secret)
                .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
                .refusal(headers, body)
                .map(refusal -> refusal.reason().code())
                .orElse("genuine");
    }
}
