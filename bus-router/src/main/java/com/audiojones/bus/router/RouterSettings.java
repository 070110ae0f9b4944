package com.audiojones.bus.router;

import com.audiojones.bus.config.Settings;

/**
 * The router's settings.
 *
 * @param batchRecords the most records routed between two commits
 */
public record RouterSettings(int batchRecords) {

    /** Reads {@code router.batch-records}. */
    public static RouterSettings read(Settings in) {
        return new RouterSettings(in.integer("router.batch-records", 500, 1, 10_000));
    }
}
