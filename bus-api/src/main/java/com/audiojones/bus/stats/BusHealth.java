package com.audiojones.bus.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the bus does, from its figures alone.
 *
 * @param status by the number of issues
 * @param issues one sentence each, with the next step
 */
public record BusHealth(Status status, List<String> issues) {

    /** As many pairs may be without an end. */
    public static final long MAX_IN_FLIGHT = 1_000;
    /** As large a share of what was published may be given up. */
    public static final double MAX_DEAD_LETTER_RATE = 0.01;

    private static final int DOWN_FROM = 3;
    private static final double PERCENT = 100;

    /** Good, not so good, bad. */
    public enum Status {
        /** No issue. */
        HEALTHY,
        /** One or two issues. */
        DEGRADED,
        /** Three issues or more. */
        DOWN;

        /** {@return the status as it is shown} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the issues in. */
    public BusHealth {
        issues = List.copyOf(issues);
    }

    /**
     * {@return how a bus with these figures does}
     *
     * @param metrics its figures
     */
    public static BusHealth of(EventBusMetrics metrics) {
        List<String> issues = new ArrayList<>();
        if (metrics.inFlight() > MAX_IN_FLIGHT) {
            issues.add("in flight: expected at most " + MAX_IN_FLIGHT + " deliveries without an end, got "
                    + metrics.inFlight() + ": look for targets that are slow or fail, else start another dispatcher");
        }
        double rate = metrics.published() == 0 ? 0 : (double) metrics.deadLettered() / metrics.published();
        if (rate > MAX_DEAD_LETTER_RATE) {
            issues.add(String.format(
                    Locale.ROOT,
                    "dead letters: expected at most %.0f %% of what was published, got %.2f %% (%d of %d): see why in"
                            + " their reasons, mend the targets, then replay",
                    MAX_DEAD_LETTER_RATE * PERCENT,
                    rate * PERCENT,
                    metrics.deadLettered(),
                    metrics.published()));
        }
        metrics.untakenTopics().stream()
                .sorted()
                .map(topic -> topic + ": expected a target that wants its events, got none: add a target whose events"
                        + " match, or publish no more of them")
                .forEach(issues::add);
        return new BusHealth(status(issues.size()), issues);
    }

    private static Status status(int issues) {
        if (issues == 0) {
            return Status.HEALTHY;
        }
        return issues < DOWN_FROM ? Status.DEGRADED : Status.DOWN;
    }
}
