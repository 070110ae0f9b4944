package com.audiojones.bus.delivery;

/** Why a pair of event and target was given up. The names are the values of the header {@code reason}. */
public enum DeadLetterReason {
    /** Every attempt failed. */
    MAX_ATTEMPTS,
    /** The target was removed. */
    TARGET_REMOVED,
    /** The target was disabled. */
    TARGET_DISABLED,
    /** The target is paused. */
    TARGET_PAUSED,
    /** The event's time to live ran out after a failed attempt or while it waited. */
    EXPIRED,
    /** The record cannot be moved on: it is larger than the next topic takes. */
    TOO_LARGE,
    /** The target's address may not be dialled. */
    BLOCKED_ADDRESS,
    /** The receiver asked not to be tried again for this event. */
    ABORTED_BY_RECEIVER
}
