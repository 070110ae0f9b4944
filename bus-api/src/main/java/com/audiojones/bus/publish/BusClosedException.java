package com.audiojones.bus.publish;

/** The event bus was closed before it was used. */
public final class BusClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was tried.
     *
     * @param message one sentence
     */
    public BusClosedException(String message) {
        super(message);
    }
}
