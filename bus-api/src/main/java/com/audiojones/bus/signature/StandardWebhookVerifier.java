package com.audiojones.bus.signature;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies deliveries by Standard Webhooks 1.0.0, version {@code v1}, for receivers in Java. Compares in constant time.
 * Immutable and safe for use by many threads.
 */
public final class StandardWebhookVerifier {

    private static final String SECONDS = "[0-9]{1,12}";

    private final Hmac hmac;
    private final Clock clock;

    /**
     * Verifies with one secret.
     *
     * @param secret the target's secret
     * @param clock tells the time
     */
    public StandardWebhookVerifier(Secret secret, Clock clock) {
        this.hmac = Hmac.standard(secret.reveal());
        this.clock = clock;
    }

    /**
     * Verifies one request. Exactly one of its signatures must be this secret's: the others are those of other secrets
     * and of other versions.
     *
     * @param headers every value of the request's headers, by name in any case
     * @param body the raw bytes of the body
     * @return why the request must be refused, empty if it is genuine and fresh
     */
    public Optional<String> refusal(Map<String, List<String>> headers, byte[] body) {
        RequestHeaders received = new RequestHeaders(headers);
        List<String> ids = received.values("webhook-id");
        List<String> times = received.values("webhook-timestamp");
        List<String> signatures = received.values("webhook-signature");
        if (ids.isEmpty() || times.isEmpty() || signatures.isEmpty()) {
            return Optional.of("missing_headers");
        }
        if (ids.size() > 1 || times.size() > 1 || signatures.size() > 1) {
            return Optional.of("repeated_headers");
        }
        String seconds = times.getFirst();
        if (!seconds.matches(SECONDS)) {
            return Optional.of("timestamp_invalid");
        }
        if (!WebhookVerifier.isFresh(Instant.ofEpochSecond(Long.parseLong(seconds)), clock)) {
            return Optional.of("timestamp_expired");
        }
        byte[] prefix = (ids.getFirst() + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        boolean genuine = valid(signatures.getFirst(), hmac.sha256(prefix, body)) == 1;
        return genuine ? Optional.empty() : Optional.of("signature_mismatch");
    }

    private static int valid(String signatures, byte[] hash) {
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(hash)).getBytes(StandardCharsets.UTF_8);
        int valid = 0;
        for (String signature : signatures.split(" ", -1)) {
            valid += MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        return valid;
    }
}
