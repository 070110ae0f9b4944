package com.audiojones.bus.kafka;

/** A record breaks the form its topic promises. Reading it again gives the same: it belongs into quarantine. */
public final class InvalidRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param reason one sentence: field, expectation, actual value
     */
    public InvalidRecordException(String reason) {
        super(reason);
    }

    /** {@return one sentence: field, expectation, actual value} */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
