package com.audiojones.bus.subscribe;

import org.jspecify.annotations.Nullable;

/** A subscription could not be made. The message says what was expected, what was found, and what to do. */
public final class SubscriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SubscriptionException(String message) {
        super(message);
    }

    SubscriptionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
