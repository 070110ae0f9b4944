package com.audiojones.bus.subscribe;

/** Whether a subscription takes records on. Safe for use by many threads. */
final class Gate {

    private volatile boolean open;

    Gate(boolean isOpen) {
        this.open = isOpen;
    }

    boolean isOpen() {
        return open;
    }

    void set(boolean isOpen) {
        open = isOpen;
    }
}
