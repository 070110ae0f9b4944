package com.audiojones.bus.dispatcher.http;

import java.util.function.BiConsumer;

/** The headers of one request, beside those of every request. */
@FunctionalInterface
public interface PostHeaders {

    /** No headers. */
    PostHeaders NONE = to -> {};

    /**
     * Gives every header, called once, on the caller's thread.
     *
     * @param to takes a name, different from those before it in more than case, and a value
     */
    void writeTo(BiConsumer<String, String> to);
}
