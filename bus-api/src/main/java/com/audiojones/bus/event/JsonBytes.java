package com.audiojones.bus.event;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;

/** Puts a JSON document together from ready pieces without looking into them. One thread, used once. */
final class JsonBytes {

    private final ByteArrayOutputStream out;

    JsonBytes(int expectedSize) {
        this.out = new ByteArrayOutputStream(expectedSize);
    }

    JsonBytes raw(byte[] source, int from, int length) {
        out.write(source, from, length);
        return this;
    }

    JsonBytes raw(char ascii) {
        out.write(ascii);
        return this;
    }

    JsonBytes value(RawJson value) {
        value.writeTo(this);
        return this;
    }

    JsonBytes string(String text) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
        return this;
    }

    /** Writes {@code "name":}. */
    JsonBytes name(String name) {
        return string(name).raw(':');
    }

    RawJson toJson() {
        byte[] bytes = out.toByteArray();
        return new RawJson(bytes, 0, bytes.length);
    }
}
