package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.TargetStateView;
import com.audiojones.bus.delivery.TargetState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code GET target-states}. */
public final class TargetStateRoute {

    private final Supplier<Map<String, TargetState>> states;

    /**
     * Answers with what is known.
     *
     * @param states the newest state of each target by its id
     */
    public TargetStateRoute(Supplier<Map<String, TargetState>> states) {
        this.states = states;
    }

    /**
     * Registers the route.
     *
     * @param routes where to
     * @param base the path before it
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base + "/target-states", this::all);
    }

    private void all(Context ctx) throws IOException {
        Query.of(ctx);
        Map<String, TargetStateView> views = new TreeMap<>();
        states.get().forEach((id, state) -> views.put(id, TargetStateView.of(state)));
        Json.send(ctx, 200, Map.of("states", views));
    }
}
