package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.view.DeliveryListView;
import com.audiojones.bus.admin.view.DeliveryView;
import com.audiojones.bus.admin.view.EventPageView;
import com.audiojones.bus.admin.view.EventView;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredEvent;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code GET events}, {@code GET events/{id}} and {@code GET events/{id}/deliveries}. */
public final class EventRoutes {

    private final EventStore store;

    /**
     * Answers from a store.
     *
     * @param store has the events
     */
    public EventRoutes(EventStore store) {
        this.store = store;
    }

    /**
     * Registers the routes.
     *
     * @param routes where to
     * @param base the path before them
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base + "/events", this::list);
        routes.get(base + "/events/{id}", this::one);
        routes.get(base + "/events/{id}/deliveries", this::deliveries);
    }

    private void list(Context ctx) throws InvalidCursorException, IOException {
        Query query = Query.of(
                ctx, "type", "topic", "priority", "status", "source", "from", "until", "id", "text", "limit", "cursor");
        EventQuery wanted = new EventQuery(EventFilters.of(query), query.limit(), query.text("cursor"));
        Json.send(ctx, 200, EventPageView.of(store.events(wanted)));
    }

    private void one(Context ctx) throws IOException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        Optional<StoredEvent> event = EventId.isValid(id) ? store.event(id) : Optional.empty();
        Json.send(ctx, 200, EventView.of(event.orElseThrow(() -> unknown(id))));
    }

    /** An event may have been delivered before it is mirrored. */
    private void deliveries(Context ctx) throws IOException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        if (!EventId.isValid(id)) {
            throw unknown(id);
        }
        List<StoredDelivery> deliveries = store.deliveries(id);
        if (deliveries.isEmpty() && store.event(id).isEmpty()) {
            throw unknown(id);
        }
        Json.send(
                ctx,
                200,
                new DeliveryListView(deliveries.stream().map(DeliveryView::of).toList()));
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(Reason.UNKNOWN, "event: expected the id of a stored one, got " + Query.quoted(id));
    }
}
