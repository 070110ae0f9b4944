package com.audiojones.bus.event;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Puts a JSON document together from ready pieces without looking into them. One thread, used once. */
final class JsonBytes {

    private byte[] bytes;
    private int length;

    JsonBytes(int expectedSize) {
        this.bytes = new byte[expectedSize];
    }

    JsonBytes raw(byte[] source, int from, int count) {
        ensureRoomFor(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    JsonBytes raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /** Writes ASCII in which nothing is to be quoted, such as ids, types, topics and times. */
    JsonBytes plain(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    JsonBytes raw(char ascii) {
        ensureRoomFor(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBytes value(RawJson value) {
        value.writeTo(this);
        return this;
    }

    JsonBytes string(String text) {
        raw('"');
        if (!putPlain(text)) {
            byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
            raw(quoted, 0, quoted.length);
        }
        return raw('"');
    }

    JsonBytes object(Map<String, RawJson> members) {
        raw('{');
        boolean first = true;
        for (Map.Entry<String, RawJson> member : members.entrySet()) {
            if (!first) {
                raw(',');
            }
            name(member.getKey()).value(member.getValue());
            first = false;
        }
        return raw('}');
    }

    /** Writes {@code "name":}. */
    JsonBytes name(String name) {
        return string(name).raw(':');
    }

    /** What was put together; nothing may be added any more. */
    RawJson toJson() {
        return new RawJson(bytes, 0, length);
    }

    /** Names, types and ids stand in JSON as they are; false, and nothing is written, where something is to be quoted. */
    private boolean putPlain(String text) {
        ensureRoomFor(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x7F) {
                return false;
            }
            bytes[length + i] = (byte) c;
        }
        length += text.length();
        return true;
    }

    private void ensureRoomFor(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
