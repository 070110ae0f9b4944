package com.audiojones.bus.sink;

import com.audiojones.bus.config.Settings;

/**
 * The sink's settings.
 *
 * @param batchRecords the most records mirrored between two commits
 * @param confirmTargetRemoval whether a reconcile may take all targets, or more than a fifth of many, out of force
 */
public record SinkSettings(int batchRecords, boolean confirmTargetRemoval) {

    /** The setting that lets a reconcile remove what it would refuse to. */
    static final String CONFIRM_TARGET_REMOVAL = "sink.confirm-target-removal";

    /** Reads {@code sink.batch-records} and {@code sink.confirm-target-removal}. */
    public static SinkSettings read(Settings in) {
        return new SinkSettings(
                in.integer("sink.batch-records", 1000, 1, 10_000), in.flag(CONFIRM_TARGET_REMOVAL, false));
    }
}
