package com.audiojones.bus.store;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has become of an event's original delivery, over all its targets. */
public enum EventState {
    /** Some targets have not been reached yet, none was given up; or it is not known yet which targets want it. */
    IN_FLIGHT("in_flight"),
    /** No target wants it. */
    UNMATCHED("unmatched"),
    /** It reached all targets. */
    DELIVERED("delivered"),
    /** At least one target was given up. */
    FAILED("failed");

    private final String label;

    EventState(String label) {
        this.label = label;
    }

    /** {@return the state as stores and answers spell it} */
    public String label() {
        return label;
    }

    /**
     * {@return the state of that label, empty if there is none}
     *
     * @param label what {@link #label()} gives
     */
    public static Optional<EventState> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label.equals(label))
                .findFirst();
    }

    /**
     * {@return the state that counters come to}
     *
     * @param dispatchedTo how many targets want it; null: not known yet
     * @param success how many of them it reached
     * @param failed how many were given up
     */
    public static EventState of(@Nullable Integer dispatchedTo, int success, int failed) {
        if (failed > 0) {
            return FAILED;
        }
        if (dispatchedTo == null || dispatchedTo > success) {
            return IN_FLIGHT;
        }
        return dispatchedTo == 0 ? UNMATCHED : DELIVERED;
    }
}
