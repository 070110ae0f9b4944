package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.store.Page;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's query string. A name that the route does not know is refused: a misspelt filter must not find everything. */
final class Query {

    private static final int QUOTED_CHARS = 80;
    private static final int DEFAULT_LIMIT = 50;

    private final List<String> known;
    private final Map<String, String> values = new HashMap<>();

    private Query(List<String> known) {
        this.known = known;
    }

    static Query of(Context ctx, String... names) {
        String text = ctx.queryString();
        Query query = new Query(List.of(names));
        for (String parameter : (text == null ? "" : text).split("&", -1)) {
            if (!parameter.isEmpty()) {
                query.add(parameter);
            }
        }
        return query;
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
        if (!known.contains(name)) {
            String expected = known.isEmpty() ? "no parameters" : "one of " + String.join(", ", known);
            throw refused("query: expected " + expected + ", got " + quoted(name));
        }
        if (values.put(name, equals < 0 ? "" : decoded(parameter.substring(equals + 1))) != null) {
            throw refused(name + ": expected once, got it several times");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("query: expected percent-encoded UTF-8, got " + quoted(text));
        }
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    /** How many items a page shall have. */
    int limit() {
        return integer("limit", DEFAULT_LIMIT, 1, Page.MAX_LIMIT);
    }

    int integer(String name, int fallback, int min, int max) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw refused(name + ": expected a whole number from " + min + " to " + max + ", got " + quoted(text));
    }

    static String quoted(String text) {
        String beginning = text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "...";
        return "'" + beginning.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    static RefusedException refused(String sentence) {
        return new RefusedException(Reason.INVALID, sentence);
    }
}
