package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.time.IsoMillis;
import java.util.List;

/**
 * Figures step by step.
 *
 * @param window the window as it was asked for
 * @param step the length of a step as it was asked for
 * @param points oldest first; steps in which nothing was taken in are left out
 */
public record SeriesView(String window, String step, List<Point> points) {

    private static final double MEDIAN = 50;
    private static final double MOST = 95;
    private static final double NEARLY_ALL = 99;

    /** Copies the list in. */
    public SeriesView {
        points = List.copyOf(points);
    }

    /**
     * A step; the terms are those of {@link StatsView}.
     *
     * @param time when it begins
     * @param published ingest records
     * @param delivered pairs of event and target that ended well
     * @param failed requests that failed and were not the last
     * @param deadLettered pairs given up
     * @param sampledOut events left out by sampling
     * @param expired what ran out of time before a first attempt
     * @param inFlight pairs without an end yet
     * @param p50DeliveryTimeMs what half of the deliveries did not exceed
     * @param p95DeliveryTimeMs what 95 in a hundred did not exceed
     * @param p99DeliveryTimeMs what 99 in a hundred did not exceed
     */
    public record Point(
            String time,
            long published,
            long delivered,
            long failed,
            long deadLettered,
            long sampledOut,
            long expired,
            long inFlight,
            long p50DeliveryTimeMs,
            long p95DeliveryTimeMs,
            long p99DeliveryTimeMs) {

        private static Point of(StatsStep step) {
            return new Point(
                    IsoMillis.format(step.begin()),
                    step.events().published(),
                    step.events().delivered(),
                    step.events().failed(),
                    step.events().deadLettered(),
                    step.events().sampledOut(),
                    step.events().expired(),
                    step.events().inFlight(),
                    step.events().latency().percentile(MEDIAN),
                    step.events().latency().percentile(MOST),
                    step.events().latency().percentile(NEARLY_ALL));
        }
    }

    /**
     * {@return the view of a series}
     *
     * @param window the window as it was asked for
     * @param step the length of a step as it was asked for
     * @param steps the figures
     */
    public static SeriesView of(String window, String step, List<StatsStep> steps) {
        return new SeriesView(window, step, steps.stream().map(Point::of).toList());
    }
}
