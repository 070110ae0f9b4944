package com.audiojones.bus.live;

import java.util.List;

/** A setting cannot be used. Writing it again unchanged gives the same. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names what is wrong.
     *
     * @param problems one sentence each: field, expectation, actual value
     */
    public InvalidSettingException(List<String> problems) {
        super(String.join("; ", problems));
    }

    /** {@return every problem: field, expectation, actual value} */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
