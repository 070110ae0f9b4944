package com.audiojones.bus.target;

/** How long a delivery is tried. */
public enum RetryPolicy {
    /** The deployment's table of waits. */
    STANDARD("standard"),
    /** A longer table, for receivers that may be away for days. */
    EXTENDED("extended");

    private final String wireName;

    RetryPolicy(String wireName) {
        this.wireName = wireName;
    }

    /** {@return the policy's name in JSON} */
    public String wireName() {
        return wireName;
    }
}
