package com.audiojones.bus.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value exactly as its publisher wrote it: digits, key order, white space and escapes untouched. A view on the
 * record's bytes, which must not be changed afterwards.
 */
public final class RawJson {

    private final byte[] source;
    private final int from;
    private final int to;

    RawJson(byte[] source, int from, int to) {
        this.source = source;
        this.from = from;
        this.to = to;
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
