package com.audiojones.bus.dispatcher.http;

import org.jspecify.annotations.Nullable;

/** What a request came to: an answer of any status, or no answer. */
public sealed interface HttpOutcome {

    /** How long it took. */
    Timing timing();

    /**
     * The receiver answered.
     *
     * @param status the HTTP status
     * @param retryAfter the header {@code Retry-After} as it came, its first 100 characters; null if it did not come
     * @param deliveryDirective the header {@code webhook-delivery} as it came, its first 100 characters; null if it did
     *     not come
     * @param excerpt the beginning of the body as text
     * @param truncated whether the body went on after the excerpt
     */
    record Answered(
            int status,
            @Nullable String retryAfter,
            @Nullable String deliveryDirective,
            String excerpt,
            boolean truncated,
            Timing timing)
            implements HttpOutcome {}

    /**
     * There was no complete answer.
     *
     * @param error the class of the error
     * @param message the error in one sentence
     */
    record Unanswered(HttpError error, String message, Timing timing) implements HttpOutcome {}
}
