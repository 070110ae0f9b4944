package com.audiojones.bus.bench.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing measured, beside what it is measured against.
 *
 * @param name what it is, such as {@code throughput, 1 target}
 * @param unit the unit of the values
 * @param better which direction is better
 * @param system what the bus did
 * @param ceiling what the bare parts did in the same run; null: there is nothing to compare with
 * @param ceilingIs what the ceiling is, in a few words; empty where there is none
 * @param bar the largest ratio that is good; null: none was set
 */
public record Figure(
        String name,
        String unit,
        Better better,
        Series system,
        @Nullable Series ceiling,
        String ceilingIs,
        @Nullable Double bar) {

    /** Which direction is better. */
    public enum Better {
        /** As of deliveries per second. */
        MORE,
        /** As of milliseconds. */
        LESS
    }

    /** A figure that stands alone. */
    public static Figure alone(String name, String unit, double value) {
        return new Figure(name, unit, Better.LESS, new Series(List.of(value)), null, "", null);
    }

    /** How many times worse than the ceiling, by the medians: 1 is as good; null where there is no ceiling. */
    public @Nullable Double ratio() {
        if (ceiling == null) {
            return null;
        }
        return better == Better.MORE ? ceiling.median() / system.median() : system.median() / ceiling.median();
    }

    /** Whether the ratio is within the bar; null where there is no bar. */
    public @Nullable Boolean isMet() {
        Double ratio = ratio();
        return ratio == null || bar == null ? null : ratio <= bar;
    }

    /** One line of the table. */
    String line() {
        Double ratio = ratio();
        Boolean met = isMet();
        String first = String.format(Locale.ROOT, "%-44s %12.2f", name, system.median());
        if (ceiling == null || ratio == null) {
            return first + " ".repeat(26) + unit;
        }
        String verdict = met == null ? "" : String.format(Locale.ROOT, "%4.1f %-6s", bar, met ? "met" : "MISSED");
        return first
                + String.format(
                        Locale.ROOT, "%12.2f %6.2f  %-11s %s (%s)", ceiling.median(), ratio, verdict, unit, ceilingIs);
    }
}
