package com.audiojones.bus.dispatcher.http;

import java.time.Duration;

/** What a request came to: an answer of any status, or no answer. */
public sealed interface HttpOutcome {

    /** From the start of the request to its end. */
    Duration took();

    /**
     * The receiver answered.
     *
     * @param status the HTTP status
     * @param excerpt the beginning of the body as text
     * @param took from the start of the request to its end
     */
    record Answered(int status, String excerpt, Duration took) implements HttpOutcome {}

    /**
     * There was no answer.
     *
     * @param error the class of the error
     * @param message the error in one sentence
     * @param took from the start of the request to its end
     */
    record Unanswered(HttpError error, String message, Duration took) implements HttpOutcome {}
}
