package com.audiojones.bus.admin.portal;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard's page and what it is made of, from the class path. Stateless. */
public final class PortalFiles {

    /** Scripts and styles are files of this server; nothing is written into pages, nobody may frame them. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9-]+/)*[a-z0-9-]+\\.(html|js|css|svg)");
    private static final String ROOT = "/portal/";
    private static final String PAGE = "index.html";

    /** What comes from a WebJar, by the name it is served under. */
    private static final Map<String, String> LIBRARIES =
            Map.of("js/preact.js", "/META-INF/resources/webjars/preact/10.28.0/dist/preact.module.js");

    /** Serves. */
    public PortalFiles() {}

    /**
     * Registers the routes. Each screen is a path of its own with the same page: its script draws what the path says.
     *
     * @param routes where to
     * @param base the path of the page
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base, ctx -> send(ctx, PAGE));
        routes.get(base + "/{screen}", ctx -> send(ctx, PAGE));
        routes.get(base + "/files/<name>", ctx -> send(ctx, ctx.pathParam("name")));
    }

    private void send(Context ctx, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw unknown(ctx);
        }
        byte[] content = content(name).orElseThrow(() -> unknown(ctx));
        String tag = tag(content);
        HEADERS.forEach(ctx::header);
        ctx.header(Header.ETAG, tag);
        if (tag.equals(ctx.header(Header.IF_NONE_MATCH))) {
            ctx.status(304);
        } else {
            ctx.contentType(String.valueOf(TYPES.get(matcher.group(1)))).result(content);
        }
    }

    private static Optional<byte[]> content(String name) {
        String resource = LIBRARIES.getOrDefault(name, ROOT + name);
        try (InputStream in = PortalFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static RefusedException unknown(Context ctx) {
        return new RefusedException(Reason.UNKNOWN, "path: expected a file of the dashboard, got " + ctx.path());
    }
}
