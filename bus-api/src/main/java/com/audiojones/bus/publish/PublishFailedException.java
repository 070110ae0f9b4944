package com.audiojones.bus.publish;

/**
 * Kafka did not acknowledge an event in time, or was not asked. The event may still have been written, so publishing the
 * same one again makes at most a duplicate with the same id.
 */
public class PublishFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    PublishFailedException(String message) {
        super(message);
    }
}
