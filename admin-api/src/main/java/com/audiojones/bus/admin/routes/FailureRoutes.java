package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.view.DeadLetterPageView;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.QuarantinePageView;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** {@code GET dead-letters} and {@code GET quarantine}: what was given up, and what could not be used. */
public final class FailureRoutes {

    private final EventStore store;

    /**
     * Answers from a store.
     *
     * @param store has them
     */
    public FailureRoutes(EventStore store) {
        this.store = store;
    }

    /**
     * Registers the routes.
     *
     * @param routes where to
     * @param base the path before them
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base + "/dead-letters", this::deadLetters);
        routes.get(base + "/quarantine", this::quarantine);
    }

    private void deadLetters(Context ctx) throws InvalidCursorException, IOException {
        Query query = Query.of(ctx, "targetId", "limit", "cursor");
        String target = query.text("targetId");
        if (target == null) {
            throw Query.refused("targetId: expected the id of a target, got nothing");
        }
        Json.send(ctx, 200, DeadLetterPageView.of(store.deadLetters(target, query.limit(), query.text("cursor"))));
    }

    private void quarantine(Context ctx) throws InvalidCursorException, IOException {
        Query query = Query.of(ctx, "limit", "cursor");
        Json.send(ctx, 200, QuarantinePageView.of(store.quarantined(query.limit(), query.text("cursor"))));
    }
}
