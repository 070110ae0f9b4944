package com.audiojones.bus.store;

import java.time.Instant;

/**
 * The events that a target still lacks: their delivery to it became a dead letter in a span of time, and none of that
 * event to that target succeeded later, be it the original's or a replay's. Of several dead letters of one event and
 * target one is enough; a success of the same replay beats a dead letter at whatever time, as everywhere.
 *
 * @param targetId the target
 * @param since the earliest time of the dead letter
 * @param until the latest time of the dead letter
 */
public record Failures(String targetId, Instant since, Instant until) {}
