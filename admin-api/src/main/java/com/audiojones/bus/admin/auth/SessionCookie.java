package com.audiojones.bus.admin.auth;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Instant;
import java.util.Optional;

/** The cookie that a session travels in: scripts cannot read it, and no other site's page makes a browser send it. */
public final class SessionCookie {

    private static final String NAME = "ajbus-session";

    private final Sessions sessions;

    /**
     * Carries sessions.
     *
     * @param sessions makes and checks them
     */
    public SessionCookie(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * {@return when the request's session ends; empty: it has none that holds}
     *
     * @param ctx the request
     */
    public Optional<Instant> end(Context ctx) {
        return Optional.ofNullable(ctx.cookie(NAME)).flatMap(sessions::end);
    }

    /**
     * Begins a session.
     *
     * @param ctx the request
     */
    public void begin(Context ctx) {
        set(ctx, sessions.begin(), Sessions.LIFE.toSeconds());
    }

    /**
     * Makes the browser forget the session.
     *
     * @param ctx the request
     */
    public void forget(Context ctx) {
        set(ctx, "", 0);
    }

    /** Behind a proxy that speaks TLS the cookie never travels without. */
    private static void set(Context ctx, String value, long seconds) {
        String secure = "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto")) ? "; Secure" : "";
        ctx.header(
                Header.SET_COOKIE,
                NAME + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict" + secure);
    }
}
