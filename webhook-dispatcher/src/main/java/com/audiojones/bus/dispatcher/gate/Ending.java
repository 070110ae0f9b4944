package com.audiojones.bus.dispatcher.gate;

import java.time.Duration;

/**
 * How a request ended, as far as its target's gate is concerned.
 *
 * @param success whether it was delivered
 * @param overload whether it timed out or was turned away for overload
 * @param probe whether it was a probe
 * @param startedNanos when it started, monotonic
 * @param latency from its start to its end
 * @param retryAfter the break the receiver asked for; zero: none
 */
public record Ending(
        boolean success, boolean overload, boolean probe, long startedNanos, Duration latency, Duration retryAfter) {}
