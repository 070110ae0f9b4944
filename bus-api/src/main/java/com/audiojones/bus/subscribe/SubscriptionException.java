package com.audiojones.bus.subscribe;

import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
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

    /** Whether it may pass by itself: Kafka did not answer in time. */
    boolean isOutage() {
        return getCause() instanceof TimeoutException || getCause() instanceof RetriableException;
    }
}
