package com.audiojones.bus.signature;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.time.IsoMillis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs webhooks in both schemes at once: AJ ({@code X-AJ-Signature: sha256=<hex>} over {@code <X-AJ-Timestamp>.<body>})
 * and Standard Webhooks 1.0.0 ({@code webhook-signature: v1,<base64>} over {@code <id>.<seconds>.<body>}). The AJ key is
 * the secret's UTF-8 bytes; the Standard Webhooks key is what follows {@code whsec_}, decoded, or the UTF-8 bytes of a
 * secret without that prefix.
 *
 * <p>While a secret is being replaced, {@code webhook-signature} has one signature for each secret that is still valid,
 * newest first, and {@code X-AJ-Signature-Previous} is the newest previous secret's. With an ed25519 key a {@code v1a}
 * signature stands last. Immutable and safe for use by many threads.
 */
public final class WebhookSigner {

    private final Keys current;
    private final List<Previous> previous;
    private final @Nullable SigningKey signingKey;

    /** What is derived from a secret once. */
    private record Keys(Hmac aj, Hmac standard) {

        static Keys of(Secret secret) {
            return new Keys(Hmac.aj(secret.reveal()), Hmac.standard(secret.reveal()));
        }

        String ajSignature(byte[] prefix, byte[] body) {
            return "sha256=" + HexFormat.of().formatHex(aj.sha256(prefix, body));
        }

        String standardSignature(byte[] prefix, byte[] body) {
            return "v1," + Base64.getEncoder().encodeToString(standard.sha256(prefix, body));
        }
    }

    private record Previous(Keys keys, PreviousSecret secret) {}

    /**
     * Signs with a target's secrets.
     *
     * @param current the secret in force
     * @param previous the secrets it replaced, newest first; those that are no longer valid sign nothing
     * @param signingKey an ed25519 key, see {@link SigningKey}; null: no {@code v1a} signature
     * @throws IllegalArgumentException if {@code signingKey} is none
     */
    public WebhookSigner(Secret current, List<PreviousSecret> previous, @Nullable Secret signingKey) {
        this.current = Keys.of(current);
        this.previous = previous.stream()
                .map(secret -> new Previous(Keys.of(secret.secret()), secret))
                .toList();
        this.signingKey = signingKey == null ? null : SigningKey.of(signingKey);
    }

    /**
     * {@return whether a secret announces a Standard Webhooks key with {@code whsec_} and holds none: its text is no
     * base64. Such a secret signs as text, which no library of Standard Webhooks verifies}
     *
     * @param secret the secret
     */
    public static boolean isBroken(Secret secret) {
        return Hmac.isBroken(secret.reveal());
    }

    /**
     * Signs one request.
     *
     * @param webhookId the delivery's stable id, see {@link WebhookId}
     * @param eventType the publisher's type
     * @param body the exact bytes that will be sent
     * @param now the time of the attempt
     * @return the signature headers of both schemes, by name
     */
    public Map<String, String> headers(String webhookId, String eventType, byte[] body, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        sign(webhookId, eventType, body, now, headers::put);
        return headers;
    }

    /**
     * Signs one request, as {@link #headers} does.
     *
     * @param webhookId the delivery's stable id, see {@link WebhookId}
     * @param eventType the publisher's type
     * @param body the exact bytes that will be sent
     * @param now the time of the attempt
     * @param to takes the name and the value of each header, each name once
     */
    public void sign(String webhookId, String eventType, byte[] body, Instant now, BiConsumer<String, String> to) {
        String isoTime = IsoMillis.format(now);
        String seconds = Long.toString(now.getEpochSecond());
        byte[] ajPrefix = (isoTime + ".").getBytes(StandardCharsets.UTF_8);
        byte[] standardPrefix = (webhookId + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        to.accept("X-AJ-Event", eventType);
        to.accept("X-AJ-Timestamp", isoTime);
        to.accept("X-AJ-Signature", current.ajSignature(ajPrefix, body));
        to.accept("webhook-id", webhookId);
        to.accept("webhook-timestamp", seconds);
        List<Keys> valid = previous.isEmpty() ? List.of() : previousKeys(now);
        if (!valid.isEmpty()) {
            to.accept("X-AJ-Signature-Previous", valid.get(0).ajSignature(ajPrefix, body));
        }
        to.accept("webhook-signature", standardSignatures(valid, standardPrefix, body));
    }

    private List<Keys> previousKeys(Instant now) {
        return previous.stream()
                .filter(old -> old.secret().isValid(now))
                .map(Previous::keys)
                .toList();
    }

    private String standardSignatures(List<Keys> valid, byte[] prefix, byte[] body) {
        String newest = current.standardSignature(prefix, body);
        if (valid.isEmpty() && signingKey == null) {
            return newest;
        }
        StringBuilder signatures = new StringBuilder(newest);
        valid.forEach(keys -> signatures.append(' ').append(keys.standardSignature(prefix, body)));
        if (signingKey != null) {
            byte[] signature = signingKey.sign(prefix, body);
            signatures.append(" v1a,").append(Base64.getEncoder().encodeToString(signature));
        }
        return signatures.toString();
    }
}
