package com.audiojones.bus.admin.auth;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.secret.Secret;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * Lets a request pass that carries the admin key in the header {@code admin-key}, whatever else is in it, or that comes
 * from the dashboard of somebody who has signed in. The dashboard's own pages are open: there is nothing in them.
 */
public final class AccessCheck implements Handler {

    private static final String HEADER = "admin-key";

    /** No page of another site can make a browser send it, unless this server allowed that site to, which it never does. */
    private static final String OUR_PAGE = "ajbus-dashboard";

    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final Secret key;
    private final SessionCookie cookie;
    private final HostCheck hosts;
    private final String openPath;

    /**
     * Checks for one key, or a session that was begun with it.
     *
     * @param key the admin key
     * @param cookie carries sessions
     * @param hosts by which names the dashboard may be reached
     * @param openPath the path of the dashboard's pages
     */
    public AccessCheck(Secret key, SessionCookie cookie, HostCheck hosts, String openPath) {
        this.key = key;
        this.cookie = cookie;
        this.hosts = hosts;
        this.openPath = openPath;
    }

    @Override
    public void handle(Context ctx) {
        if (ctx.path().equals(openPath) || ctx.path().startsWith(openPath + "/")) {
            hosts.check(ctx);
            requireOurPage(ctx);
            return;
        }
        String given = ctx.header(HEADER);
        if (given == null && cookie.end(ctx).isPresent()) {
            hosts.check(ctx);
            requireOurPage(ctx);
            return;
        }
        if (given == null || !key.matches(given)) {
            throw new RefusedException(
                    Reason.UNAUTHORIZED, "header " + HEADER + ": expected the admin key, got nothing or another");
        }
    }

    /** A request that changes something must come from the dashboard itself. */
    private static void requireOurPage(Context ctx) {
        if (!READING.contains(ctx.method()) && !"1".equals(ctx.header(OUR_PAGE))) {
            throw new RefusedException(
                    Reason.FORBIDDEN, "header " + OUR_PAGE + ": expected 1 on a change with a session, got another");
        }
    }
}
