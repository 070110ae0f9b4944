package com.audiojones.bus.signature;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies deliveries by the AJ scheme, for receivers in Java. Compares in constant time. Immutable and safe for use by
 * many threads.
 */
public final class WebhookVerifier {

    /** How far the timestamp may be from now, in both directions. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final Hmac hmac;
    private final Clock clock;

    /**
     * Verifies with one secret.
     *
     * @param secret the target's secret
     * @param clock tells the time
     */
    public WebhookVerifier(Secret secret, Clock clock) {
        this.hmac = Hmac.aj(secret.reveal());
        this.clock = clock;
    }

    /**
     * Verifies one request.
     *
     * @param signature header {@code X-AJ-Signature}
     * @param timestamp header {@code X-AJ-Timestamp}
     * @param body the raw bytes of the body
     * @return why the request must be refused, empty if it is genuine and fresh
     */
    public Optional<String> refusal(@Nullable String signature, @Nullable String timestamp, byte[] body) {
        if (signature == null || timestamp == null) {
            return Optional.of("missing_headers");
        }
        Instant time;
        try {
            time = Instant.parse(timestamp);
        } catch (DateTimeException e) {
            return Optional.of("timestamp_invalid");
        }
        if (Duration.between(time, clock.instant()).abs().compareTo(MAX_SKEW) > 0) {
            return Optional.of("timestamp_expired");
        }
        byte[] signed = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        String expected = "sha256=" + HexFormat.of().formatHex(hmac.sha256(signed, body));
        boolean genuine = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        return genuine ? Optional.empty() : Optional.of("signature_mismatch");
    }
}
