package com.audiojones.bus.admin.replay;

/**
 * Everything that failed for one target, being sent to it once more.
 *
 * @param id tells it from the originals and from other replays
 * @param targetId the target
 * @param written how many events are written to their lanes so far
 * @param total how many there are; {@code written} where it is complete
 */
public record Recovery(String id, String targetId, long written, long total) {}
