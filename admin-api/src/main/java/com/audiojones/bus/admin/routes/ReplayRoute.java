package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.replay.Replay;
import com.audiojones.bus.admin.replay.Replays;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.ReplayView;
import com.audiojones.bus.event.EventId;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST replay}. */
public final class ReplayRoute {

    private static final Set<String> FIELDS = Set.of("eventId", "targetUrl");

    private final Replays replays;

    /**
     * Starts replays.
     *
     * @param replays sends the events
     */
    public ReplayRoute(Replays replays) {
        this.replays = replays;
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
        JsonNode request = JsonBody.read(ctx).tree();
        request.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw Query.refused("body: expected only eventId and targetUrl, got " + Query.quoted(name));
            }
        });
        Replay replay = replays.start(eventId(request.path("eventId")), targetUrl(request.path("targetUrl")));
        Json.send(ctx, 202, new ReplayView(replay.id(), replay.eventId(), replay.targetIds()));
    }

    private static String eventId(JsonNode node) {
        if (!node.isTextual() || !EventId.isValid(node.textValue())) {
            String got = node.isMissingNode() ? "nothing" : Query.quoted(node.asText(node.toString()));
            throw Query.refused("eventId: expected text like " + EventId.SYNTAX + ", got " + got);
        }
        return node.textValue();
    }

    private static @Nullable String targetUrl(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw Query.refused("targetUrl: expected a URL as text, got " + Query.quoted(node.toString()));
        }
        return node.textValue();
    }
}
