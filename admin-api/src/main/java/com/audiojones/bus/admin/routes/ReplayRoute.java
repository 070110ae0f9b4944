package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.replay.Recoveries;
import com.audiojones.bus.admin.replay.Recovery;
import com.audiojones.bus.admin.replay.Replay;
import com.audiojones.bus.admin.replay.Replays;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.RecoveryView;
import com.audiojones.bus.admin.view.ReplayPageView;
import com.audiojones.bus.admin.view.ReplayView;
import com.audiojones.bus.admin.view.StoredReplayView;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** {@code POST replay}, {@code GET replays} and {@code GET replays/{id}}. */
public final class ReplayRoute {

    private final Replays replays;
    private final Recoveries recoveries;
    private final EventStore store;

    /**
     * Starts replays, and tells of them.
     *
     * @param store has those that were started
     * @param replays sends one event
     * @param recoveries sends what failed for a target
     */
    public ReplayRoute(EventStore store, Replays replays, Recoveries recoveries) {
        this.store = store;
        this.replays = replays;
        this.recoveries = recoveries;
    }

    /**
     * Registers the route.
     *
     * @param routes where to
     * @param base the path before it
     */
    public void register(RoutesConfig routes, String base) {
        routes.post(base + "/replay", this::replay);
        routes.get(base + "/replays", this::list);
        routes.get(base + "/replays/{id}", this::one);
    }

    private void replay(Context ctx) throws InterruptedException, IOException {
        Query.of(ctx);
        switch (ReplayRequest.of(JsonBody.read(ctx).tree())) {
            case ReplayRequest.OneEvent one -> {
                Replay replay = replays.start(one.eventId(), one.targetUrl());
                Json.send(ctx, 202, new ReplayView(replay.id(), replay.eventId(), replay.targetIds()));
            }
            case ReplayRequest.FailedFor failed -> {
                Recovery recovery = recoveries.start(failed.targetId(), failed.since());
                Json.send(
                        ctx,
                        202,
                        new RecoveryView(recovery.id(), recovery.targetId(), recovery.written(), recovery.total()));
            }
        }
    }

    private void list(Context ctx) throws InvalidCursorException, IOException {
        Query query = Query.of(ctx, "limit", "cursor");
        Json.send(ctx, 200, ReplayPageView.of(store.replays(query.limit(), query.text("cursor"))));
    }

    private void one(Context ctx) throws IOException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        Json.send(
                ctx,
                200,
                StoredReplayView.of(store.replay(id)
                        .orElseThrow(() -> new RefusedException(
                                Reason.UNKNOWN, "replay: expected the id of one, got " + Query.quoted(id)))));
    }
}
