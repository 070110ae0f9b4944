package com.audiojones.bus.target;

import com.audiojones.bus.event.NamePattern;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one target document and collects what is wrong with them. */
final class TargetFields {

    private static final int MAX_URL = 2048;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_TEXT = 1000;
    private static final int MAX_PATTERNS = 200;

    private final JsonNode tree;
    private final List<String> problems = new ArrayList<>();

    TargetFields(JsonNode tree) {
        this.tree = tree;
    }

    void check() throws InvalidTargetException {
        if (!problems.isEmpty()) {
            throw new InvalidTargetException(problems);
        }
    }

    String url() {
        String expected = "an absolute http or https URL without user info, at most " + MAX_URL + " characters";
        JsonNode node = tree.path("url");
        if (!node.isTextual()) {
            wrong("url", expected, node);
            return "";
        }
        String text = node.textValue();
        try {
            URI url = new URI(text);
            boolean http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!http || url.getHost() == null || url.getRawUserInfo() != null || text.length() > MAX_URL) {
                wrong("url", expected, node);
            } else if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
                wrong("url", "a port from 1 to " + MAX_PORT, node);
            }
        } catch (URISyntaxException e) {
            wrong("url", expected, node);
        }
        return text;
    }

    @Nullable
    String secret() {
        JsonNode node = tree.path("secret");
        if (absent(node)) {
            return null;
        }
        if (!node.isTextual() || node.textValue().length() < Target.MIN_SECRET_LENGTH) {
            String got = node.isTextual() ? node.textValue().length() + " characters" : "no text";
            problems.add("secret: expected at least " + Target.MIN_SECRET_LENGTH + " characters, got " + got);
        }
        return node.asText();
    }

    boolean flag(String name, boolean fallback) {
        JsonNode node = tree.path(name);
        if (!absent(node) && !node.isBoolean()) {
            wrong(name, "true or false", node);
        }
        return absent(node) ? fallback : node.booleanValue();
    }

    String text(String name) {
        JsonNode node = tree.path(name);
        if (absent(node)) {
            return "";
        }
        if (!node.isTextual() || node.textValue().length() > MAX_TEXT) {
            wrong(name, "text of at most " + MAX_TEXT + " characters", node);
        }
        return node.asText();
    }

    Instant time(String name, Instant fallback) {
        JsonNode node = tree.path(name);
        if (absent(node)) {
            return fallback;
        }
        try {
            return OffsetDateTime.parse(node.asText()).toInstant();
        } catch (DateTimeException e) {
            wrong(name, "an ISO-8601 time with zone", node);
            return fallback;
        }
    }

    long version() {
        JsonNode node = tree.path("version");
        if (!absent(node) && !node.canConvertToLong()) {
            wrong("version", "a whole number", node);
        }
        return node.asLong(1);
    }

    List<NamePattern> patterns() {
        JsonNode node = tree.path("events");
        if (absent(node)) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MAX_PATTERNS) {
            wrong("events", "a list of at most " + MAX_PATTERNS + " patterns", node);
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
            wrong(where, "a pattern such as audit.user.* or status_*", node);
            return;
        }
        try {
            into.add(NamePattern.of(node.textValue()));
        } catch (IllegalArgumentException e) {
            problems.add(where + ": " + e.getMessage());
        }
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void wrong(String field, String expected, JsonNode actual) {
        String got = actual.isMissingNode() ? "nothing: the field is missing" : actual.toString();
        problems.add(field + ": expected " + expected + ", got "
                + (got.length() > 120 ? got.substring(0, 120) + "..." : got));
    }
}
