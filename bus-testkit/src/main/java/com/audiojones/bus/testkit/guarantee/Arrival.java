package com.audiojones.bus.testkit.guarantee;

import org.jspecify.annotations.Nullable;

/**
 * One request that reached a receiver.
 *
 * @param pair the event in its body, and the target whose receiver it is
 * @param webhookId its header; null if it did not come
 * @param accepted whether it was answered with a 2xx
 * @param atNanos when it arrived, by {@link System#nanoTime()}
 */
public record Arrival(Pair pair, @Nullable String webhookId, boolean accepted, long atNanos) {}
