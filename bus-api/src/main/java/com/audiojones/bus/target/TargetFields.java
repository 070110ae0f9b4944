package com.audiojones.bus.target;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.secret.Secret;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one target document. */
final class TargetFields {

    private static final int MAX_URL = 2048;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_TEXT = 1000;
    private static final int MAX_PATTERNS = 200;

    private final FieldReader in;

    TargetFields(FieldReader in) {
        this.in = in;
    }

    /** The target, of no use where the reader has problems. */
    Target target(String id, Instant now) {
        Instant created = in.time("created_at", now);
        return new Target(
                id,
                url(),
                secret(),
                in.flag("active", true),
                patterns(),
                in.text("description", MAX_TEXT),
                created,
                in.time("updated_at", created),
                version(),
                in.flag("allow_http", false),
                in.field("expires_at") == null ? null : in.time("expires_at", created),
                new OptionFields(in).options());
    }

    private String url() {
        String expected = "an absolute http or https URL without user info, at most " + MAX_URL + " characters";
        JsonNode node = in.field("url");
        if (node == null || !node.isTextual()) {
            in.wrong("url", expected, node);
            return "";
        }
        String text = node.textValue();
        try {
            URI url = new URI(text);
            boolean http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!http || url.getHost() == null || url.getRawUserInfo() != null || text.length() > MAX_URL) {
                in.wrong("url", expected, node);
            } else if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
                in.wrong("url", "a port from 1 to " + MAX_PORT, node);
            }
        } catch (URISyntaxException e) {
            in.wrong("url", expected, node);
        }
        return text;
    }

    private @Nullable Secret secret() {
        JsonNode node = in.field("secret");
        if (node == null) {
            return null;
        }
        if (!node.isTextual() || node.textValue().length() < Target.MIN_SECRET_LENGTH) {
            String got = node.isTextual() ? node.textValue().length() + " characters" : "no text";
            in.problem("secret", "expected at least " + Target.MIN_SECRET_LENGTH + " characters, got " + got);
        }
        return new Secret(node.asText());
    }

    private long version() {
        JsonNode node = in.field("version");
        if (node == null) {
            return 1;
        }
        if (!node.canConvertToLong()) {
            in.wrong("version", "a whole number", node);
        }
        return node.asLong(1);
    }

    private List<NamePattern> patterns() {
        JsonNode node = in.field("events");
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MAX_PATTERNS) {
            in.wrong("events", "a list of at most " + MAX_PATTERNS + " patterns", node);
            return List.of();
        }
        List<NamePattern> patterns = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            pattern("events[" + i + "]", node.get(i), patterns);
        }
        return patterns;
    }

    private void pattern(String where, JsonNode node, List<NamePattern> into) {
        if (!node.isTextual()) {
            in.wrong(where, "a pattern such as audit.user.* or status_*", node);
            return;
        }
        try {
            into.add(NamePattern.of(node.textValue()));
        } catch (IllegalArgumentException e) {
            in.problem(where, String.valueOf(e.getMessage()));
        }
    }
}
