package com.audiojones.bus.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the source of a record says of its components. */
final class Javadoc {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern PARAM = Pattern.compile("(?ms)^ \\* @param (\\w+) (.*?)(?=^ \\* @param|^ \\*/)");
    private static final Pattern HEADERS = Pattern.compile("^headers? \\{@code ([^}]+)}(?:[:;] )?(.*)$");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+ #?([^}]*)}");

    /** By component, with the tags inside. */
    private final Map<String, String> params = new HashMap<>();

    Javadoc(Class<? extends Record> documented) {
        PARAM.matcher(source(documented))
                .results()
                .forEach(param -> params.putIfAbsent(param.group(1), oneLine(param.group(2))));
    }

    /** What is said of a component of a record that is JSON. */
    String component(String name) {
        return Optional.ofNullable(params.get(name))
                .map(Javadoc::asJsonReads)
                .orElseThrow(
                        () -> new IllegalStateException("expected javadoc of the component " + name + ", got none"));
    }

    /** What is said of a header: the text after {@code header {@code its-name}}. */
    Optional<String> header(String name) {
        return params.values().stream()
                .map(HEADERS::matcher)
                .filter(matcher -> matcher.find()
                        && Pattern.compile(", ").splitAsStream(matcher.group(1)).anyMatch(name::equals))
                .map(matcher -> asJsonReads(matcher.group(2)))
                .findFirst();
    }

    private static String source(Class<?> documented) {
        try {
            return Files.readString(SOURCES.resolve(documented.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\n \\*\\s*", " ").strip();
    }

    /** What is null in Java is left out of a record. */
    private static String asJsonReads(String text) {
        return INLINE_TAG.matcher(text).replaceAll("$1").replaceAll("\\bnull(?=:| on | where )", "left out");
    }
}
