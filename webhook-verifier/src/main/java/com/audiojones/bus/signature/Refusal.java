package com.audiojones.bus.signature;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, and what it claims to be: what a stranger wrote, none of it verified. Neither secret nor
 * signature is in it. Claims are safe to log: characters but visible ASCII are replaced by {@code ?}, and what follows the
 * first {@value #MAX_CLAIM} is left out. Immutable.
 *
 * @param reason the first thing that was wrong
 * @param webhookId header {@code webhook-id}; null if there is none
 * @param eventId {@code event_id} of the body; null if the body does not begin with it as deliveries of the bus do
 * @param eventType header {@code X-AJ-Event}; null if there is none
 * @param timestamp the header by which the request was judged: {@code X-AJ-Timestamp}, ISO-8601, or {@code
 *     webhook-timestamp}, seconds since 1970; null if there is none
 */
public record Refusal(
        Reason reason,
        @Nullable String webhookId,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String timestamp) {

    /** How many characters of a claim are kept. */
    public static final int MAX_CLAIM = 128;

    /** What can be wrong with a request, in the order in which it is looked for. */
    public enum Reason {
        /** Signature, timestamp or, with Standard Webhooks, id is missing. */
        MISSING_HEADERS,
        /** One of these headers is there more than once. */
        REPEATED_HEADERS,
        /** The timestamp is no time. */
        TIMESTAMP_INVALID,
        /** The timestamp is more than {@link WebhookVerifier#MAX_SKEW} ago, or ahead. */
        TIMESTAMP_EXPIRED,
        /** The signature is not this secret's over this timestamp, body and, with Standard Webhooks, id. */
        SIGNATURE_MISMATCH;

        /** {@return the reason in lower case, such as {@code signature_mismatch}, for logs, labels and answers} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Makes the claims safe to log. */
    public Refusal {
        webhookId = safe(webhookId);
        eventId = safe(eventId);
        eventType = safe(eventType);
        timestamp = safe(timestamp);
    }

    /** {@return one line for a log: {@code signature_mismatch webhook-id=msg_1 event-id=evt_1 ...}, {@code -} for none} */
    @Override
    public String toString() {
        return reason.code() + " webhook-id=" + orDash(webhookId) + " event-id=" + orDash(eventId) + " event-type="
                + orDash(eventType) + " timestamp=" + orDash(timestamp);
    }

    private static String orDash(@Nullable String claim) {
        return claim == null ? "-" : claim;
    }

    private static @Nullable String safe(@Nullable String claim) {
        if (claim == null) {
            return null;
        }
        StringBuilder safe = new StringBuilder(claim.length() > MAX_CLAIM ? claim.substring(0, MAX_CLAIM) : claim);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            safe.setCharAt(i, c > ' ' && c <= '~' ? c : '?');
        }
        return safe.toString();
    }
}
