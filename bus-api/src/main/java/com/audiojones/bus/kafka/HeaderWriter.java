package com.audiojones.bus.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Puts headers on a record in place of any of the same name: headers never pile up while a record moves on. */
public final class HeaderWriter {

    private final Headers headers;

    /** Whether there was none at the beginning, so that none can be of the same name. */
    private final boolean fresh;

    /**
     * Writes to one record's headers, each name once. Nobody else may add to them meanwhile.
     *
     * @param headers the headers
     */
    public HeaderWriter(Headers headers) {
        this.headers = headers;
        this.fresh = !headers.iterator().hasNext();
    }

    /**
     * Puts a text.
     *
     * @param name the header's name
     * @param value its value in UTF-8; null: the header is taken off
     */
    public void put(String name, @Nullable String value) {
        put(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Puts bytes.
     *
     * @param name the header's name
     * @param value its value; null: the header is taken off
     */
    public void put(String name, byte @Nullable [] value) {
        if (!fresh && headers.lastHeader(name) != null) {
            headers.remove(name);
        }
        if (value != null) {
            headers.add(new RecordHeader(name, value));
        }
    }
}
