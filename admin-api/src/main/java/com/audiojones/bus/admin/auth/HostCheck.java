package com.audiojones.bus.admin.auth;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * By which names the dashboard may be reached. A name of a stranger that is made to point here (DNS rebinding) would be
 * this server's own site to a browser; its cookies and headers would be no protection.
 */
public final class HostCheck {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    /**
     * Allows loopback and some more names.
     *
     * @param more names or addresses, without port
     */
    public HostCheck(Collection<String> more) {
        this.allowed = new HashSet<>(LOOPBACK);
        for (String name : more) {
            boolean bareIpv6 = name.contains(":") && !name.startsWith("[");
            allowed.add((bareIpv6 ? "[" + name + "]" : name).toLowerCase(Locale.ROOT));
        }
    }

    void check(Context ctx) {
        String given = ctx.header("Host");
        String name = given == null ? "" : given.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        if (!allowed.contains(name)) {
            throw new RefusedException(
                    Reason.MISDIRECTED,
                    "header Host: expected a name that admin.dashboard-hosts allows the dashboard, got '" + name + "'");
        }
    }
}
