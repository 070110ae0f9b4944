package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.replay.Recoveries;
import com.audiojones.bus.admin.replay.Recovery;
import com.audiojones.bus.admin.replay.Replay;
import com.audiojones.bus.admin.replay.Replays;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.RecoveryView;
import com.audiojones.bus.admin.view.ReplayView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** {@code POST replay}. */
public final class ReplayRoute {

    private final Replays replays;
    private final Recoveries recoveries;

    /**
     * Starts replays.
     *
     * @param replays sends one event
     * @param recoveries sends what failed for a target
     */
    public ReplayRoute(Replays replays, Recoveries recoveries) {
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
}
