package com.audiojones.bus.dispatcher.http;

import java.time.Duration;

/**
 * Where the time of a request went.
 *
 * @param connect from the call until the request's connection was there: name lookup, pool, TCP and TLS; zero if that
 *     never happened
 * @param total from the call to the end
 */
public record Timing(Duration connect, Duration total) {

    /** Of a request that was never made. */
    public static final Timing NONE = new Timing(Duration.ZERO, Duration.ZERO);
}
