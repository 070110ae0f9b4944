package com.audiojones.bus.publish;

/**
 * The event cannot be published, now or later: the router would put it into quarantine. The message names the field, what
 * was expected and what was found. Nothing was sent.
 */
public final class RejectedEventException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    RejectedEventException(String message) {
        super(message);
    }

    RejectedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
