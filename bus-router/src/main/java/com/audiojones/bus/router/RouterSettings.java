package com.audiojones.bus.router;

import com.audiojones.bus.config.Settings;

/**
 * The router's settings.
 *
 * @param windowRecords the most records of a partition that are routed and not committed
 * @param windowBytes the most bytes of records that are routed and not committed, in each of the two loops
 */
public record RouterSettings(int windowRecords, long windowBytes) {

    private static final int DEFAULT_MEBIBYTES = 8;

    /** Reads {@code router.*}. */
    public static RouterSettings read(Settings in) {
        return new RouterSettings(
                in.integer("router.window-records", 16_384, 1, 1_000_000),
                in.integer("router.window-mebibytes", DEFAULT_MEBIBYTES, 1, 65_536) * 1024L * 1024L);
    }
}
