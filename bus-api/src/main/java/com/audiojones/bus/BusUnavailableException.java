package com.audiojones.bus;

import org.jspecify.annotations.Nullable;

/** Kafka cannot be reached, or refuses. The message names the address and what to look at. */
public final class BusUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
