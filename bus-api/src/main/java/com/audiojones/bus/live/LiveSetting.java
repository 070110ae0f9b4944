package com.audiojones.bus.live;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of {@link LiveSettings}, each one record of {@code bus.settings}. */
public enum LiveSetting {
    /** Rates by prefix. */
    SAMPLING("sampling"),
    /** Priorities by prefix. */
    PRIORITIES("priorities"),
    /** How long events are worth delivering. */
    TIME_TO_LIVE("time-to-live"),
    /** Waits between attempts. */
    RETRY_WAITS("retry-waits");

    private final String key;

    LiveSetting(String key) {
        this.key = key;
    }

    /** {@return the record's key} */
    public String key() {
        return key;
    }

    /**
     * {@return the setting of that key; empty: there is none}
     *
     * @param key a record's key
     */
    public static Optional<LiveSetting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** {@return every key, for messages} */
    public static String keys() {
        return Arrays.stream(values()).map(LiveSetting::key).collect(Collectors.joining(", "));
    }
}
