package com.audiojones.bus.event;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A pattern over dot-separated names, the same for subscriptions, target filters, sampling rates and the API.
 *
 * <ul>
 *   <li>Without {@code *} it matches the name itself and everything below it: {@code audit.user} matches
 *       {@code audit.user} and {@code audit.user.login}.
 *   <li>A last segment {@code *} matches one or more segments: {@code audit.user.*} matches {@code audit.user.login} and
 *       {@code audit.user.action.task}, not {@code audit.user}.
 *   <li>Any other segment {@code *} matches exactly one.
 *   <li>Inside a segment {@code *} stands for any characters but the dot: {@code status_*}.
 * </ul>
 *
 * Immutable and safe for use by many threads.
 */
public final class NamePattern {

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_*-]+)*");
    private static final int MAX_LENGTH = 256;

    private final String text;
    private final List<String> segments;
    private final boolean exactOrBelow;

    private NamePattern(String text) {
        this.text = text;
        this.segments = List.of(text.split("\\.", -1));
        this.exactOrBelow = text.indexOf('*') < 0;
    }

    /**
     * Reads a pattern.
     *
     * @param text letters, digits, {@code _}, {@code -}, {@code *} in segments separated by dots, at most 256 characters
     * @return the pattern
     * @throws IllegalArgumentException if {@code text} is not a pattern; the message says what was expected
     */
    public static NamePattern of(String text) {
        if (text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "pattern: expected segments of letters, digits, _, - and * separated by dots, got '" + text + "'");
        }
        return new NamePattern(text);
    }

    /**
     * {@return whether the pattern matches {@code name}}
     *
     * @param name a dot-separated name
     */
    public boolean matches(String name) {
        if (exactOrBelow) {
            return name.startsWith(text) && (name.length() == text.length() || name.charAt(text.length()) == '.');
        }
        return matchesSegments(name);
    }

    private boolean matchesSegments(String name) {
        int start = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (start > name.length()) {
                return false;
            }
            boolean last = i == segments.size() - 1;
            if (last && segments.get(i).equals("*")) {
                return start < name.length();
            }
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            if (!globMatches(segments.get(i), name, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return start > name.length();
    }

    /** Greedy glob with one point of return: linear for one star, and never exponential. */
    private static boolean globMatches(String glob, String name, int from, int to) {
        int g = 0;
        int n = from;
        int starAt = -1;
        int retryAt = from;
        while (n < to) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                starAt = g++;
                retryAt = n;
            } else if (g < glob.length() && glob.charAt(g) == name.charAt(n)) {
                g++;
                n++;
            } else if (starAt >= 0) {
                g = starAt + 1;
                n = ++retryAt;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length() && to > from;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** {@return the pattern as it was written} */
    @Override
    public String toString() {
        return text;
    }
}
