package com.audiojones.bus.lane;

import com.audiojones.bus.event.Priority;

/** The three ways through the bus, each with topics, threads, connections and budgets of its own. */
public enum Lane {
    /** P0. */
    HIGH("high"),
    /** P1. */
    STANDARD("standard"),
    /** P2 and P3. */
    LOW("low");

    private final String label;

    Lane(String label) {
        this.label = label;
    }

    /** {@return the lane's name in topics, metrics and settings} */
    public String label() {
        return label;
    }

    /** {@return the topic of the lane's records} */
    public String topic() {
        return "bus.lane." + label;
    }

    /**
     * {@return the lane that events of a priority take}
     *
     * @param priority the priority
     */
    public static Lane of(Priority priority) {
        return switch (priority) {
            case P0 -> HIGH;
            case P1 -> STANDARD;
            case P2, P3 -> LOW;
        };
    }
}
