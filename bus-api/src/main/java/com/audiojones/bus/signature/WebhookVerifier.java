package com.audiojones.bus.signature;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
     * Verifies one request by all of its headers. While the target's secret is being replaced, a receiver that has the
     * old one still takes the request: {@code X-AJ-Signature-Previous} counts as much as {@code X-AJ-Signature}.
     *
     * @param headers every value of the request's headers, by name in any case
     * @param body the raw bytes of the body
     * @return why the request must be refused, empty if it is genuine and fresh
     */
    public Optional<String> refusal(Map<String, List<String>> headers, byte[] body) {
        RequestHeaders received = new RequestHeaders(headers);
        List<String> timestamps = received.values("X-AJ-Timestamp");
        List<String> signatures = received.values("X-AJ-Signature");
        List<String> previous = received.values("X-AJ-Signature-Previous");
        if (timestamps.isEmpty() || signatures.isEmpty()) {
            return Optional.of("missing_headers");
        }
        if (timestamps.size() > 1 || signatures.size() > 1 || previous.size() > 1) {
            return Optional.of("repeated_headers");
        }
        Optional<String> refusal = refusal(signatures.getFirst(), timestamps.getFirst(), body);
        return refusal.isEmpty() || previous.isEmpty()
                ? refusal
                : refusal(previous.getFirst(), timestamps.getFirst(), body);
    }

    /**
     * Verifies one request by one signature.
     *
     * @param signature header {@code X-AJ-Signature}, or {@code X-AJ-Signature-Previous}
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
        if (!isFresh(time, clock)) {
            return Optional.of("timestamp_expired");
        }
        byte[] signed = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        String expected = "sha256=" + HexFormat.of().formatHex(hmac.sha256(signed, body));
        boolean genuine = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        return genuine ? Optional.empty() : Optional.of("signature_mismatch");
    }

    static boolean isFresh(Instant time, Clock clock) {
        return Duration.between(time, clock.instant()).abs().compareTo(MAX_SKEW) <= 0;
    }
}
