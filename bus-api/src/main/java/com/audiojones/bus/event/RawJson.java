package com.audiojones.bus.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One JSON value exactly as its publisher wrote it: digits, key order, white space and escapes untouched. A view on the
 * record's bytes, which must not be changed afterwards.
 */
public final class RawJson {

    static final RawJson NULL = of("null".getBytes(StandardCharsets.US_ASCII));

    private static final int OBJECT_BYTES = 512;

    private final byte[] source;
    private final int from;
    private final int to;

    RawJson(byte[] source, int from, int to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** {@return a value that is the whole of these bytes} */
    static RawJson of(byte[] json) {
        return new RawJson(json, 0, json.length);
    }

    /** {@return a JSON string} */
    static RawJson ofText(String text) {
        return new JsonBytes(text.length() + 2).string(text).toJson();
    }

    /** {@return a JSON object} */
    static RawJson ofObject(Map<String, RawJson> members) {
        return new JsonBytes(OBJECT_BYTES).object(members).toJson();
    }

    int length() {
        return to - from;
    }

    /** {@return a copy of the bytes, UTF-8} */
    public byte[] bytes() {
        return Arrays.copyOfRange(source, from, to);
    }

    void writeTo(JsonBytes out) {
        out.raw(source, from, to - from);
    }

    /** {@return the value as text} */
    @Override
    public String toString() {
        return new String(source, from, to - from, StandardCharsets.UTF_8);
    }
}
