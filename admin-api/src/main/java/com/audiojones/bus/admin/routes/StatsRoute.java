package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.StatsView;
import com.audiojones.bus.store.EventStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET stats}. */
public final class StatsRoute {

    private static final String DEFAULT_WINDOW = "24h";
    private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private final EventStore store;
    private final Clock clock;

    /**
     * Answers from a store.
     *
     * @param store has the counts
     * @param clock tells where a window begins
     */
    public StatsRoute(EventStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Registers the route.
     *
     * @param routes where to
     * @param base the path before it
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base + "/stats", this::stats);
    }

    private void stats(Context ctx) throws IOException {
        String given = Query.of(ctx, "window").text("window");
        String window = given == null ? DEFAULT_WINDOW : given;
        Json.send(ctx, 200, StatsView.of(store.stats(begin(window)), window));
    }

    private Instant begin(String window) {
        if (window.equals("all")) {
            return Instant.EPOCH;
        }
        Matcher matcher = WINDOW.matcher(window);
        if (!matcher.matches()) {
            throw Query.refused(
                    "window: expected all or a duration such as 15m, 1h, 24h or 7d, got " + Query.quoted(window));
        }
        long count = Long.parseLong(matcher.group(1));
        return clock.instant()
                .minus(
                        switch (matcher.group(2)) {
                            case "s" -> Duration.ofSeconds(count);
                            case "m" -> Duration.ofMinutes(count);
                            case "h" -> Duration.ofHours(count);
                            default -> Duration.ofDays(count);
                        });
    }
}
