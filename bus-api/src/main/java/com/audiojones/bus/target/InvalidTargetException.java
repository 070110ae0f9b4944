package com.audiojones.bus.target;

import java.util.List;

/** A target document cannot be used. Saving it again unchanged gives the same. */
public final class InvalidTargetException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names what is wrong.
     *
     * @param problems one sentence each: field, expectation, actual value
     */
    public InvalidTargetException(List<String> problems) {
        super(String.join("; ", problems));
    }

    /** {@return every problem: field, expectation, actual value} */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
