package com.audiojones.bus.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    private Optional<String> refusal(Instant signedAt, byte[] received) {
        Map<String, String> headers = new WebhookSigner(SECRET, List.of(), null).headers("msg_1", "t", BODY, signedAt);
        return verifier.refusal(headers.get("X-AJ-Signature"), headers.get("X-AJ-Timestamp"), received);
    }
}
