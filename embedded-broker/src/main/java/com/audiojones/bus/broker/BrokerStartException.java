package com.audiojones.bus.broker;

/**
 * The broker could not start, for a reason that the operator can remove. The message is one sentence that names the
 * subject and what to do; nothing is left running, and starting again is safe.
 */
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
