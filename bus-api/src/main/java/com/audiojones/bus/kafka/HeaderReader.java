package com.audiojones.bus.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads record headers as what they are: input, which anybody who may write to the topic can choose. */
public final class HeaderReader {

    private static final int MAX_BYTES = 2048;
    private static final int QUOTED_CHARS = 80;

    private static final int USUAL_HEADERS = 24;

    private final Map<String, Header> headers = HashMap.newHashMap(USUAL_HEADERS);
    private Set<String> repeated = Set.of();

    /**
     * Reads from one record's headers, which are walked through once.
     *
     * @param headers the headers
     */
    public HeaderReader(Headers headers) {
        for (Header header : headers) {
            if (this.headers.put(header.key(), header) != null) {
                repeated = repeated.isEmpty() ? new HashSet<>() : repeated;
                repeated.add(header.key());
            }
        }
    }

    /**
     * {@return the text of a header that must be there}
     *
     * @param name the header's name
     * @throws InvalidRecordException if it is missing, empty, there twice or over 2048 bytes
     */
    public String required(String name) throws InvalidRecordException {
        String text = optional(name);
        if (text == null || text.isEmpty()) {
            throw new InvalidRecordException("header " + name + ": expected a value, got nothing");
        }
        return text;
    }

    /**
     * {@return the value of a header that must be there}
     *
     * @param name the header's name
     * @param parse makes the value of the text; a runtime exception of it means malformed
     * @param <T> the value's type
     * @throws InvalidRecordException if it is missing or malformed
     */
    public <T> T required(String name, Function<String, T> parse) throws InvalidRecordException {
        return parsed(name, required(name), parse);
    }

    /**
     * {@return the value of a header, or null where it is not there}
     *
     * @param name the header's name
     * @param parse makes the value of the text; a runtime exception of it means malformed
     * @param <T> the value's type
     * @throws InvalidRecordException if it is malformed
     */
    public <T> @Nullable T optional(String name, Function<String, T> parse) throws InvalidRecordException {
        String text = optional(name);
        return text == null ? null : parsed(name, text, parse);
    }

    /**
     * {@return the text of a header, or null where it is not there}
     *
     * @param name the header's name
     * @throws InvalidRecordException if it is there twice or over 2048 bytes
     */
    public @Nullable String optional(String name) throws InvalidRecordException {
        Header found = headers.get(name);
        if (found == null) {
            return null;
        }
        byte[] value = found.value();
        if (repeated.contains(name)) {
            throw new InvalidRecordException("header " + name + ": expected once, got it several times");
        }
        if (value != null && value.length > MAX_BYTES) {
            throw new InvalidRecordException(
                    "header " + name + ": expected at most " + MAX_BYTES + " bytes, got " + value.length);
        }
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static <T> T parsed(String name, String text, Function<String, T> parse) throws InvalidRecordException {
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            String quoted = text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "...";
            throw new InvalidRecordException("header " + name + ": expected another form, got '" + quoted + "'");
        }
    }
}
