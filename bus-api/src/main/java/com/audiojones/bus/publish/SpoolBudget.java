package com.audiojones.bus.publish;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the spools of one event bus may have together. Safe for use by many threads. */
final class SpoolBudget {

    private final long most;
    private final AtomicLong used = new AtomicLong();

    SpoolBudget(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    long used() {
        return used.get();
    }

    /** {@return whether there was room} */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** What an earlier process left counts, room or not. */
    void takeFound(long bytes) {
        used.addAndGet(bytes);
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
