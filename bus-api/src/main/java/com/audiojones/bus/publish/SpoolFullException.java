package com.audiojones.bus.publish;

/** The event was not kept: Kafka is away, and the spool is as large as it may become. */
public final class SpoolFullException extends PublishFailedException {

    private static final long serialVersionUID = 1L;

    SpoolFullException(String message) {
        super(message);
    }
}
