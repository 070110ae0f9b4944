package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.auth.SessionCookie;
import com.audiojones.bus.admin.auth.SignInThrottle;
import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.admin.view.SessionView;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Duration;

/** {@code POST session}: sign in; {@code GET}: until when; {@code DELETE}: sign out. */
public final class SessionRoutes {

    private final Secret key;
    private final SessionCookie cookie;
    private final SignInThrottle throttle;

    /**
     * Begins and ends sessions.
     *
     * @param key the admin key
     * @param cookie carries sessions
     * @param throttle slows down who guesses
     */
    public SessionRoutes(Secret key, SessionCookie cookie, SignInThrottle throttle) {
        this.key = key;
        this.cookie = cookie;
        this.throttle = throttle;
    }

    /**
     * Registers the routes.
     *
     * @param routes where to
     * @param base the path before them
     */
    public void register(RoutesConfig routes, String base) {
        routes.post(base + "/session", this::signIn);
        routes.get(base + "/session", this::session);
        routes.delete(base + "/session", this::signOut);
    }

    private void signIn(Context ctx) throws IOException {
        JsonNode given = JsonBody.read(ctx).tree().path("key");
        Duration wait = throttle.waitOf(ctx.ip());
        if (wait.isPositive()) {
            long seconds = wait.plusMillis(999).toSeconds();
            ctx.header(Header.RETRY_AFTER, Long.toString(seconds));
            throw new RefusedException(
                    Reason.THROTTLED, "key: expected no more tries for " + seconds + " s after so many wrong ones");
        }
        if (!given.isTextual() || !key.matches(given.textValue())) {
            throttle.failed(ctx.ip());
            throw new RefusedException(Reason.UNAUTHORIZED, "key: expected the admin key, got another");
        }
        throttle.succeeded(ctx.ip());
        cookie.begin(ctx);
        ctx.status(204);
    }

    private void session(Context ctx) throws IOException {
        Json.send(
                ctx, 200, new SessionView(cookie.end(ctx).map(IsoMillis::format).orElse(null)));
    }

    private void signOut(Context ctx) {
        cookie.forget(ctx);
        ctx.status(204);
    }
}
