package com.audiojones.bus.config;

import java.time.Duration;

/** Durations as settings have them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d}. Stateless. */
public final class DurationText {

    /** What is longer does not fit into the nanoseconds that clocks count. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private DurationText() {}

    /**
     * {@return the duration}
     *
     * @param text a number and a unit
     * @throws IllegalArgumentException if it is no positive duration
     */
    public static Duration parse(String text) {
        String number = text.replaceFirst("[a-z]+$", "");
        long count = Long.parseLong(number);
        if (count <= 0) {
            throw new IllegalArgumentException("not positive");
        }
        if (count > LONGEST.toMillis()) {
            throw new IllegalArgumentException("too long");
        }
        Duration value =
                switch (text.substring(number.length())) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    default -> throw new IllegalArgumentException("no such unit");
                };
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("too long");
        }
        return value;
    }

    /**
     * {@return what could be set, so that what is printed can be copied}
     *
     * @param duration whole milliseconds
     */
    public static String of(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
