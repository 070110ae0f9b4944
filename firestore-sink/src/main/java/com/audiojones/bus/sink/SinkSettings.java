package com.audiojones.bus.sink;

import com.audiojones.bus.config.Settings;
import java.time.Duration;

/**
 * The sink's settings.
 *
 * @param batchRecords the most records mirrored between two commits
 * @param confirmTargetRemoval whether a reconcile may take all targets, or more than a fifth of many, out of force
 * @param retention how long the store keeps an event and what became of it
 */
public record SinkSettings(int batchRecords, boolean confirmTargetRemoval, Duration retention) {

    /** The setting that lets a reconcile remove what it would refuse to. */
    static final String CONFIRM_TARGET_REMOVAL = "sink.confirm-target-removal";

    private static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

    /** Reads {@code sink.batch-records}, {@code sink.confirm-target-removal} and {@code store.retention}. */
    public static SinkSettings read(Settings in) {
        return new SinkSettings(
                in.integer("sink.batch-records", 1000, 1, 10_000),
                in.flag(CONFIRM_TARGET_REMOVAL, false),
                retention(in));
    }

    /** {@return {@code store.retention}, which whoever writes to a store needs} */
    public static Duration retention(Settings in) {
        return in.duration("store.retention", DEFAULT_RETENTION);
    }
}
