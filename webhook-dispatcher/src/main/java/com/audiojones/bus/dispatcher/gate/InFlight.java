package com.audiojones.bus.dispatcher.gate;

import com.audiojones.bus.lane.Lane;

/** The requests to one target that are under way, by lane, and how many more each may start. */
final class InFlight {

    private final int[] counts = new int[Lane.values().length];

    void started(Lane lane) {
        counts[lane.ordinal()]++;
    }

    /** Not below zero: what a gate admitted that was forgotten and made anew still ends. */
    void ended(Lane lane) {
        counts[lane.ordinal()] = Math.max(0, counts[lane.ordinal()] - 1);
    }

    void abandoned(Lane lane) {
        counts[lane.ordinal()] = 0;
    }

    int of(Lane lane) {
        return counts[lane.ordinal()];
    }

    int total() {
        int total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    /** A quarter of the limit is for the high lane alone; the low lane gets no more than half. */
    int room(Lane lane, int limit) {
        int belowHigh = of(Lane.LOW) + of(Lane.STANDARD);
        int free = limit - total();
        int freeBelowHigh = Math.min(free, Math.max(1, limit * 3 / 4) - belowHigh);
        return switch (lane) {
            case HIGH -> free;
            case STANDARD -> freeBelowHigh;
            case LOW -> Math.min(freeBelowHigh, Math.max(1, limit / 2) - of(Lane.LOW));
        };
    }
}
