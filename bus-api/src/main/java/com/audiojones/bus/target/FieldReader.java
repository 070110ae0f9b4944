package com.audiojones.bus.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object and collects what is wrong with them; a field that is null counts as left out. */
final class FieldReader {

    private static final int MAX_SHOWN = 120;

    /** More are only counted, so that nobody gets an answer that is many times as long as what was sent. */
    private static final int MAX_PROBLEMS = 50;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s)");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final JsonNode tree;
    private final String prefix;
    private final List<String> problems;

    FieldReader(JsonNode tree) {
        this(tree, "", new ArrayList<>());
    }

    private FieldReader(JsonNode tree, String prefix, List<String> problems) {
        this.tree = tree;
        this.prefix = prefix;
        this.problems = problems;
    }

    void check() throws InvalidTargetException {
        if (problems.size() > MAX_PROBLEMS) {
            int more = problems.size() - MAX_PROBLEMS;
            problems.subList(MAX_PROBLEMS, problems.size()).clear();
            problems.add("target: expected no problems, got " + more + " more");
        }
        if (!problems.isEmpty()) {
            throw new InvalidTargetException(problems);
        }
    }

    /** The value of a field; null if it is left out. */
    @Nullable
    JsonNode field(String name) {
        JsonNode node = tree.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** Reads an object inside this one into the same problems. */
    FieldReader inside(String name, JsonNode object) {
        return new FieldReader(object, prefix + name + ".", problems);
    }

    /** Reads another object into the same problems. */
    FieldReader other(JsonNode object) {
        return new FieldReader(object, prefix, problems);
    }

    /** Refuses fields that nobody would read. */
    void expectOnly(Set<String> names) {
        tree.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problem(name, "expected one of " + String.join(", ", names));
            }
        });
    }

    boolean flag(String name, boolean fallback) {
        JsonNode node = field(name);
        if (node != null && !node.isBoolean()) {
            wrong(name, "true or false", node);
        }
        return node == null ? fallback : node.booleanValue();
    }

    String text(String name, int maxLength) {
        JsonNode node = field(name);
        if (node == null) {
            return "";
        }
        if (!node.isTextual() || node.textValue().length() > maxLength) {
            wrong(name, "text of at most " + maxLength + " characters", node);
        }
        return node.asText();
    }

    Instant time(String name, Instant fallback) {
        JsonNode node = field(name);
        if (node == null) {
            return fallback;
        }
        try {
            return OffsetDateTime.parse(node.asText()).toInstant();
        } catch (DateTimeException e) {
            wrong(name, "an ISO-8601 time with zone", node);
            return fallback;
        }
    }

    @Nullable
    Duration duration(String name, Duration min, Duration max) {
        JsonNode node = field(name);
        if (node == null) {
            return null;
        }
        Matcher text = DURATION.matcher(node.isTextual() ? node.textValue() : "");
        if (text.matches()) {
            long count = Long.parseLong(text.group(1));
            Duration value = text.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMillis(count);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        }
        wrong(name, "a duration such as 1500ms or 5s, from " + min.toSeconds() + "s to " + max.toSeconds() + "s", node);
        return null;
    }

    @Nullable
    Double decimal(String name, double min, double max) {
        JsonNode node = field(name);
        if (node == null) {
            return null;
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (value >= min && value <= max) {
            return value;
        }
        wrong(name, "a number from " + shortest(min) + " to " + shortest(max), node);
        return null;
    }

    @Nullable
    Integer integer(String name, int min, int max) {
        JsonNode node = field(name);
        if (node == null) {
            return null;
        }
        if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= min && node.intValue() <= max) {
            return node.intValue();
        }
        wrong(name, "a whole number from " + min + " to " + max, node);
        return null;
    }

    /** Notes a problem; the sentence follows the field's name. */
    void problem(String name, String sentence) {
        problems.add(prefix + shown(name) + ": " + sentence);
    }

    /** Notes a problem whose sentence names its field already. */
    void refused(IllegalArgumentException problem) {
        problems.add(String.valueOf(problem.getMessage()));
    }

    /** Notes a value that is not as expected, and shows it; not for secrets. */
    void wrong(String name, String expected, @Nullable JsonNode actual) {
        String got = actual == null ? "nothing: the field is missing" : shown(actual.toString());
        problem(name, "expected " + expected + ", got " + got);
    }

    private static String shortest(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** The beginning of what a stranger wrote, fit for a log. */
    static String shown(String text) {
        String beginning = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
        return CONTROL.matcher(beginning).replaceAll("?");
    }
}
