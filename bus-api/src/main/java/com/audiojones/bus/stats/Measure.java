package com.audiojones.bus.stats;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is counted. Events are counted by their ids, pairs by event, target and replay: repetition changes nothing. */
public enum Measure {
    /** Events that went to a lane. */
    ROUTED,
    /** Ingest records that the rate of their name left out. */
    SAMPLED_OUT,
    /** Ingest records that the router read after their time to live. */
    EXPIRED_UNROUTED,
    /** Ingest records that are no events. */
    INVALID,
    /** Routed events of which a dispatcher has said how many targets want them. */
    MATCHED,
    /** Routed events that no target wants. */
    UNMATCHED,
    /** Pairs of event and target. */
    DISPATCHED,
    /** Pairs that ended with an answer 2xx. */
    DELIVERED,
    /** Pairs that were given up. */
    DEAD_LETTERED,
    /** Pairs whose time to live ended before a first attempt. */
    EXPIRED,
    /** Pairs whose target was removed. */
    REMOVED,
    /** Requests that failed and were followed, or are to be followed, by another. */
    FAILED_ATTEMPTS,
    /** Milliseconds from intake to delivery, over all that were delivered. */
    DELIVERY_MILLIS;

    /** {@return the measure as records spell it} */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
