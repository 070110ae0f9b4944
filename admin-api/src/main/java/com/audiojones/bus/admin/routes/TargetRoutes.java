package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.target.CreatedTarget;
import com.audiojones.bus.admin.target.Targets;
import com.audiojones.bus.admin.view.CreatedTargetView;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.TargetCheckView;
import com.audiojones.bus.admin.view.TargetListView;
import com.audiojones.bus.admin.view.TargetView;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST targets}, {@code GET targets}, {@code GET}, {@code PATCH} and {@code DELETE targets/{id}}; {@code POST check} of each. */
public final class TargetRoutes {

    private final Targets targets;

    /**
     * Works on the targets.
     *
     * @param targets keeps them
     */
    public TargetRoutes(Targets targets) {
        this.targets = targets;
    }

    /**
     * Registers the routes.
     *
     * @param routes where to
     * @param base the path before them
     */
    public void register(RoutesConfig routes, String base) {
        routes.post(base + "/targets", ctx -> create(ctx, base));
        routes.post(base + "/targets/check", this::checkNew);
        routes.post(base + "/targets/{id}/check", this::checkChange);
        routes.get(base + "/targets", this::list);
        routes.get(base + "/targets/{id}", this::one);
        routes.patch(base + "/targets/{id}", this::change);
        routes.delete(base + "/targets/{id}", this::delete);
    }

    private void create(Context ctx, String base) throws InvalidTargetException, InterruptedException, IOException {
        Query.of(ctx);
        CreatedTarget created = targets.create(JsonBody.read(ctx).bytes());
        ctx.header(Header.LOCATION, base + "/targets/" + created.target().id());
        Json.send(ctx, 201, CreatedTargetView.of(created.target(), created.madeSecret()));
    }

    private void checkNew(Context ctx) throws IOException {
        Query.of(ctx);
        check(ctx, null);
    }

    private void checkChange(Context ctx) throws IOException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        check(ctx, targets.byId(id).orElseThrow(() -> unknown(id)));
    }

    private void check(Context ctx, @Nullable Target before) throws IOException {
        String problem = targets.problem(before, JsonBody.read(ctx).bytes()).orElse(null);
        Json.send(ctx, 200, new TargetCheckView(problem));
    }

    private void list(Context ctx) throws IOException {
        Query.of(ctx);
        Json.send(
                ctx,
                200,
                new TargetListView(targets.all().stream().map(TargetView::of).toList()));
    }

    private void one(Context ctx) throws IOException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        Json.send(ctx, 200, TargetView.of(targets.byId(id).orElseThrow(() -> unknown(id))));
    }

    private void change(Context ctx) throws InvalidTargetException, InterruptedException, IOException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        byte[] json = JsonBody.read(ctx).bytes();
        Json.send(ctx, 200, TargetView.of(targets.change(id, json).orElseThrow(() -> unknown(id))));
    }

    private void delete(Context ctx) throws InterruptedException {
        Query.of(ctx);
        String id = ctx.pathParam("id");
        if (!targets.delete(id)) {
            throw unknown(id);
        }
        ctx.status(204);
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(Reason.UNKNOWN, "target: expected the id of one, got " + Query.quoted(id));
    }
}
