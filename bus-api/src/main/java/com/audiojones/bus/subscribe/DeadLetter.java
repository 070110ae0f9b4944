package com.audiojones.bus.subscribe;

import java.time.Instant;

/**
 * An event that was given up for one recipient.
 *
 * @param event the event
 * @param recipient the webhook target's id, or the subscribers' group
 * @param fromWebhook whether the recipient is a webhook target
 * @param attempts how many attempts were made
 * @param reason {@code MAX_ATTEMPTS}, {@code EXPIRED} and others, as the header {@code reason} has it
 * @param lastError the last failure in one sentence
 * @param failedAt when it was given up
 */
public record DeadLetter(
        ReceivedEvent event,
        String recipient,
        boolean fromWebhook,
        int attempts,
        String reason,
        String lastError,
        Instant failedAt) {}
