package com.audiojones.bus.dispatcher.gate;

/** Whether a request to a target may start now. */
public sealed interface Admission {

    /**
     * It may, and {@link TargetGate#finished} has to be told of its end.
     *
     * @param probe whether it finds out if the target is back; if it fails, no attempt is spent
     */
    record Go(boolean probe) implements Admission {}

    /** It has to wait. */
    enum Wait implements Admission {
        /** As many requests as the target is given are under way. */
        AT_LIMIT,
        /** The target's rate is used up. */
        RATE,
        /** The target fails. */
        BREAKER_OPEN,
        /** The receiver asked for a break. */
        RETRY_AFTER
    }
}
