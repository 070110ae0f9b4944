package com.audiojones.bus.bench.suite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large a run is.
 *
 * @param events deliveries of one throughput pass, or of the long run
 * @param warmUp deliveries of the bus, and as many of the ceiling, before the first throughput pass that counts
 * @param bodyBytes how long each body is
 * @param targets how many targets an event has, one throughput figure for each
 * @param time how long one latency pass lasts
 * @param pairs how many passes of the system and of what it is compared with, in turn; the medians count
 * @param concurrency the most requests under way where the sender works without the bus; the bus's own setting is its
 *     {@code dispatcher.in-flight-per-lane}
 */
public record Options(
        int events, int warmUp, int bodyBytes, List<Integer> targets, Duration time, int pairs, int concurrency) {

    /** Names what cannot be used. */
    public Options {
        targets = List.copyOf(targets);
        atLeast("events", events, 1);
        atLeast("warm-up", warmUp, 1);
        atLeast("body-bytes", bodyBytes, 1);
        atLeast("pairs", pairs, 1);
        atLeast("concurrency", concurrency, 1);
        atLeast("seconds", time.toSeconds(), 1);
        targets.forEach(count -> atLeast("targets", count, 1));
    }

    /** The options and the machine, for the report. */
    public Map<String, String> conditions() {
        Map<String, String> all = new TreeMap<>();
        all.put("events", Integer.toString(events));
        all.put("warm-up", Integer.toString(warmUp));
        all.put("body-bytes", Integer.toString(bodyBytes));
        all.put("targets", targets.toString());
        all.put("seconds", Long.toString(time.toSeconds()));
        all.put("pairs", Integer.toString(pairs));
        all.put("concurrency", Integer.toString(concurrency));
        all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("java", Runtime.version().toString());
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return all;
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
        }
    }
}
