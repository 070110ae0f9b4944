package com.audiojones.bus.admin.auth;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.secret.Secret;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Lets a request pass that carries the admin key in the header {@code admin-key}. Reads nothing else of it. */
public final class AdminKeyCheck implements Handler {

    private static final String HEADER = "admin-key";

    private final Secret key;

    /**
     * Checks for one key.
     *
     * @param key the admin key
     */
    public AdminKeyCheck(Secret key) {
        this.key = key;
    }

    @Override
    public void handle(Context ctx) {
        String given = ctx.header(HEADER);
        if (given == null || !key.matches(given)) {
            throw new RefusedException(
                    RefusedException.Reason.UNAUTHORIZED,
                    "header " + HEADER + ": expected the admin key, got nothing or another");
        }
    }
}
