package com.audiojones.bus.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

    private static final Secret SECRET = new Secret("a-demo-secret-of-at-least-32-characters");
    private static final Instant NOW = Instant.parse("2025-11-11T10:30:00Z");
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private final WebhookVerifier verifier = new WebhookVerifier(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatTheSignerSignsIsGenuine() {
        assertThat(refusal(NOW, BODY)).isEmpty();
    }

    @Test
    void anotherBodyIsRefused() {
        assertThat(refusal(NOW, "{\"a\":2}".getBytes(StandardCharsets.UTF_8))).contains("signature_mismatch");
    }

    @Test
    void fiveMinutesOfSkewAreAllowedAndNoMoreInBothDirections() {
        assertThat(refusal(NOW.minusSeconds(300), BODY)).isEmpty();
        assertThat(refusal(NOW.plusSeconds(300), BODY)).isEmpty();
        assertThat(refusal(NOW.minusSeconds(301), BODY)).contains("timestamp_expired");
        assertThat(refusal(NOW.plusSeconds(301), BODY)).contains("timestamp_expired");
    }

    @Test
    void missingOrMalformedHeadersAreRefused() {
        assertThat(verifier.refusal(null, "2025-11-11T10:30:00Z", BODY)).contains("missing_headers");
        assertThat(verifier.refusal("sha256=00", null, BODY)).contains("missing_headers");
        assertThat(verifier.refusal("sha256=00", "yesterday", BODY)).contains("timestamp_invalid");
        assertThat(verifier.refusal("", "2025-11-11T10:30:00Z", BODY)).contains("signature_mismatch");
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
        assertThat(verifier.refusal("sha256=00", timestamp, BODY)).contains("timestamp_expired");
    }

    @Test
    void aReceiverWithTheOldSecretTakesWhatIsSignedWithBoth() {
        Secret newer = new Secret("another-secret-of-at-least-32-characters");
        Instant end = NOW.plusSeconds(60);
        WebhookSigner rotating = new WebhookSigner(newer, List.of(new PreviousSecret(SECRET, end)), null);

        assertThat(verifier.refusal(received(rotating, NOW), BODY)).isEmpty();
        assertThat(verifier.refusal(received(rotating, end), BODY)).contains("signature_mismatch");
        assertThat(new WebhookVerifier(newer, Clock.fixed(NOW, ZoneOffset.UTC)).refusal(received(rotating, NOW), BODY))
                .isEmpty();
    }

    @Test
    void headersAreFoundInAnyCaseAndTakenOnlyOnce() {
        Map<String, List<String>> genuine = received(new WebhookSigner(SECRET, List.of(), null), NOW);
        Map<String, List<String>> lower = new HashMap<>();
        genuine.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));

        assertThat(verifier.refusal(lower, BODY)).isEmpty();
        assertThat(verifier.refusal(Map.of(), BODY)).contains("missing_headers");
        for (String name : List.of("X-AJ-Signature", "X-AJ-Timestamp")) {
            assertThat(verifier.refusal(with(genuine, name, List.of()), BODY)).contains("missing_headers");
            assertThat(verifier.refusal(with(genuine, name, twice(genuine, name)), BODY))
                    .contains("repeated_headers");
        }
        assertThat(verifier.refusal(with(genuine, "X-AJ-Signature-Previous", List.of("a", "b")), BODY))
                .contains("repeated_headers");
        assertThat(verifier.refusal(with(genuine, "X-AJ-Signature-Previous", List.of("a")), BODY))
                .isEmpty();
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

    private Optional<String> refusal(Instant signedAt, byte[] received) {
        Map<String, String> headers = new WebhookSigner(SECRET, List.of(), null).headers("msg_1", "t", BODY, signedAt);
        return verifier.refusal(headers.get("X-AJ-Signature"), headers.get("X-AJ-Timestamp"), received);
    }
}
