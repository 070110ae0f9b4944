package com.audiojones.bus.admin.view;

/**
 * A recovery that was accepted.
 *
 * @param replayId receivers see it in {@code X-AJ-Replay}
 * @param targetId the target that gets once more what failed for it
 * @param written how many events are on their way; less than {@code total}: the others follow
 * @param total how many there are
 */
public record RecoveryView(String replayId, String targetId, long written, long total) {}
