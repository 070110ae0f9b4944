package com.audiojones.bus.testkit.guarantee;

import com.audiojones.bus.signature.WebhookId;

/**
 * What a delivery is about.
 *
 * @param eventId the event
 * @param targetId the target that wants it
 */
public record Pair(String eventId, String targetId) {

    /** The only {@code webhook-id} its deliveries may carry. */
    public String webhookId() {
        return WebhookId.of(eventId, targetId);
    }
}
