package com.audiojones.bus.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a delivery record says happened. */
public enum DeliveryKind {
    /** A request failed; the pair goes on. */
    ATTEMPT_FAILED("attempt-failed", false),
    /** The target answered 2xx. Terminal. */
    DELIVERED("delivered", true),
    /** The pair was given up and is in {@code webhook.dlq}. Terminal. */
    DEAD_LETTERED("dead-lettered", true),
    /** The event expired before a first attempt. Terminal. */
    EXPIRED("expired", true),
    /** The target was removed before the pair ended. Terminal. */
    REMOVED("removed", true),
    /** The pair waits for the target, for the first time; no attempt was spent. */
    PARKED("parked", false),
    /** No target wants the event. There is no pair. */
    UNMATCHED("unmatched", true);

    private final String label;
    private final boolean terminal;

    DeliveryKind(String label, boolean terminal) {
        this.label = label;
        this.terminal = terminal;
    }

    /** {@return the kind as records spell it} */
    @JsonValue
    public String label() {
        return label;
    }

    /**
     * {@return the kind of that label}
     *
     * @param label what {@link #label()} gives
     * @throws IllegalArgumentException if there is none
     */
    public static DeliveryKind ofLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of delivery record is called " + label));
    }

    /** {@return whether nothing follows for this pair} */
    public boolean isTerminal() {
        return terminal;
    }
}
