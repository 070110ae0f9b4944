package com.audiojones.bus.signature;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.event.DeliveryBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs webhooks in both schemes at once: AJ ({@code X-AJ-Signature: sha256=<hex>} over {@code <X-AJ-Timestamp>.<body>})
 * and Standard Webhooks 1.0.0 ({@code webhook-signature: v1,<base64>} over {@code <id>.<seconds>.<body>}). The AJ key is
 * the secret's UTF-8 bytes; the Standard Webhooks key is what follows {@code whsec_}, decoded, or the UTF-8 bytes of a
 * secret without that prefix. Immutable and safe for use by many threads.
 */
public final class WebhookSigner {

    private final byte[] ajKey;
    private final byte[] standardKey;

    /**
     * Signs with one secret.
     *
     * @param secret the target's secret
     */
    public WebhookSigner(Secret secret) {
        this.ajKey = secret.reveal().getBytes(StandardCharsets.UTF_8);
        this.standardKey = Hmac.standardKey(secret.reveal());
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
        String isoTime = DeliveryBody.isoMillis(now);
        String seconds = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-AJ-Event", eventType);
        headers.put("X-AJ-Timestamp", isoTime);
        headers.put("X-AJ-Signature", "sha256=" + HexFormat.of().formatHex(Hmac.sha256(ajKey, isoTime + ".", body)));
        headers.put("webhook-id", webhookId);
        headers.put("webhook-timestamp", seconds);
        headers.put(
                "webhook-signature",
                "v1,"
                        + Base64.getEncoder()
                                .encodeToString(Hmac.sha256(standardKey, webhookId + "." + seconds + ".", body)));
        return headers;
    }
}
