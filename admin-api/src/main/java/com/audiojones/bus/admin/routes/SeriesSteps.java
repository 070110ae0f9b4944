package com.audiojones.bus.admin.routes;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which time a series is about, and in what steps.
 *
 * @param window the time before now, as it was asked for
 * @param step the length of a step, as it was asked for
 * @param length the length of a step
 * @param begins how long before now the first step has to be in
 */
record SeriesSteps(String window, String step, Duration length, Duration begins) {

    /** More than a screen has pixels for. */
    static final int MAX_STEPS = 1_500;

    static SeriesSteps of(@Nullable String window, @Nullable String step) {
        String windowText = window == null ? "1h" : window;
        String stepText = step == null ? "1m" : step;
        Duration length = duration("step", stepText);
        Duration begins = duration("window", windowText);
        if (length.toSecondsPart() != 0) {
            throw Query.refused("step: expected whole minutes such as 1m, 15m or 1h, got " + Query.quoted(stepText));
        }
        if (begins.dividedBy(length) > MAX_STEPS) {
            throw Query.refused("step: expected at most " + MAX_STEPS + " steps in a window of " + windowText
                    + ", got more with " + Query.quoted(stepText));
        }
        return new SeriesSteps(windowText, stepText, length, begins);
    }

    private static Duration duration(String name, String text) {
        return Window.duration(text)
                .orElseThrow(() -> Query.refused(
                        name + ": expected a duration such as 1m, 15m, 1h or 7d, got " + Query.quoted(text)));
    }

    /** The beginning of the step that the window begins in, so that no step is counted in part. */
    Instant begin(Instant now) {
        long millis = length.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(now.minus(begins).toEpochMilli(), millis) * millis);
    }
}
