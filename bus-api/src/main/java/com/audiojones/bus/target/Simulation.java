package com.audiojones.bus.target;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Faults to try things with: of a share of the requests, each waits and then is answered without being sent, or is never
 * answered. In force only where the operator allows it with {@code webhook.allow-simulate}.
 *
 * @param status what the request is answered with instead of being sent, 200 to 599; null: it is sent
 * @param delay what passes before that, 0 to 60 seconds
 * @param drop whether the request is never answered and ends at its timeout; then there is no {@code status}
 * @param rate the share of requests concerned, 0.0 to 1.0
 */
public record Simulation(@Nullable Integer status, Duration delay, boolean drop, double rate) {}
