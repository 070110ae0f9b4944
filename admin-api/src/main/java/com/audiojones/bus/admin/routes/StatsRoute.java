package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.view.HealthView;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.SeriesView;
import com.audiojones.bus.admin.view.StatsView;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.store.EventStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code GET stats}, {@code GET stats/series} and {@code GET health}. */
public final class StatsRoute {

    private final EventStore store;
    private final Callable<Set<String>> strays;
    private final Clock clock;

    /**
     * Answers from a store.
     *
     * @param store has the figures
     * @param strays lists topics that look like those publishers write to and are none
     * @param clock tells where a window begins
     */
    public StatsRoute(EventStore store, Callable<Set<String>> strays, Clock clock) {
        this.store = store;
        this.strays = strays;
        this.clock = clock;
    }

    /**
     * Registers the routes.
     *
     * @param routes where to
     * @param base the path before them
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base + "/stats", this::stats);
        routes.get(base + "/stats/series", this::series);
        routes.get(base + "/health", this::health);
    }

    private void stats(Context ctx) throws IOException {
        Window window = Window.of(ctx);
        Json.send(ctx, 200, StatsView.of(store.stats(window.begin(clock.instant())), window.text()));
    }

    private void series(Context ctx) throws IOException {
        Query query = Query.of(ctx, "window", "step");
        SeriesSteps steps = SeriesSteps.of(query.text("window"), query.text("step"));
        Instant since = steps.begin(clock.instant());
        Json.send(ctx, 200, SeriesView.of(steps.window(), steps.step(), store.series(since, steps.length())));
    }

    private void health(Context ctx) throws Exception {
        Window window = Window.of(ctx);
        EventBusMetrics events = store.stats(window.begin(clock.instant())).events();
        Json.send(ctx, 200, HealthView.of(events, strays.call(), window.text()));
    }
}
