package com.audiojones.bus.router.status;

import com.audiojones.bus.config.Settings;
import java.nio.file.Path;

/**
 * The settings of status and statistics.
 *
 * @param directory where the state is kept; lost, it is read again from Kafka
 * @param threads how many work side by side
 * @param standbys how many other instances keep a copy of the state, so that they can take over at once
 */
public record StatusSettings(Path directory, int threads, int standbys) {

    private static final int MAX_THREADS = 64;
    private static final int MAX_STANDBYS = 3;

    /** Reads {@code status.*}. */
    public static StatusSettings read(Settings in) {
        return new StatusSettings(
                Path.of(in.text("status.directory", ".ajbus/status")),
                in.integer("status.threads", 1, 1, MAX_THREADS),
                in.integer("status.standbys", 0, 0, MAX_STANDBYS));
    }
}
