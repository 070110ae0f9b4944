package com.audiojones.bus.publish;

/** The event was not sent: Kafka took none of the last ones, and is not asked again for a while. */
public final class CircuitOpenException extends PublishFailedException {

    private static final long serialVersionUID = 1L;

    CircuitOpenException(String message) {
        super(message);
    }
}
