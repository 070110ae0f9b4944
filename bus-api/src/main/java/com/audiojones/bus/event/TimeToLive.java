package com.audiojones.bus.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an event is worth delivering, counted from when the broker appended it. */
public final class TimeToLive {

    private TimeToLive() {}

    /**
     * {@return the time to live of events of a priority: none for P0, 1 hour for P1, 15 minutes for P2, 5 minutes for P3;
     * null means for ever}
     *
     * @param priority the priority
     */
    public static @Nullable Duration of(Priority priority) {
        return switch (priority) {
            case P0 -> null;
            case P1 -> Duration.ofHours(1);
            case P2 -> Duration.ofMinutes(15);
            case P3 -> Duration.ofMinutes(5);
        };
    }
}
