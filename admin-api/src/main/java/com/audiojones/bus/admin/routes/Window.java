package com.audiojones.bus.admin.routes;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time before now that a question is about: query parameter {@code window}.
 *
 * @param text as it was asked for
 */
record Window(String text) {

    private static final String DEFAULT = "24h";
    private static final Pattern PATTERN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    static Window of(Context ctx) throws IOException {
        String given = Query.of(ctx, "window").text("window");
        return new Window(given == null ? DEFAULT : given);
    }

    Instant begin(Instant now) {
        return text.equals("all")
                ? Instant.EPOCH
                : now.minus(duration(text)
                        .orElseThrow(() ->
                                Query.refused("window: expected all or a duration such as 15m, 1h, 24h or 7d, got "
                                        + Query.quoted(text))));
    }

    /** A duration such as 15m, 1h or 7d; empty: it is none. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
