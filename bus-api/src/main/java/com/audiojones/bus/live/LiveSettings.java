package com.audiojones.bus.live;

import com.audiojones.bus.event.Priority;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be changed while the bus runs. Names and prefixes are hierarchical: {@code audit.data} is a prefix of
 * {@code audit.data.query}, and of itself. The longest one counts. Immutable.
 *
 * @param sampling the share of events that is kept, 0 to 1, by prefix of their names; 1 where none matches
 * @param priorities the priority of events by prefix of their names
 * @param timeToLive how long an event is worth delivering, counted from when the broker appended it; P0 has none, and
 *     what has none is delivered however late
 * @param retryWaits the waits between attempts by priority; one attempt more than there are waits
 */
public record LiveSettings(
        Map<String, Double> sampling,
        Map<String, PriorityRule> priorities,
        Map<Priority, Duration> timeToLive,
        Map<Priority, List<Duration>> retryWaits) {

    /** What holds where nothing was set. */
    public static final LiveSettings DEFAULTS = new LiveSettings(
            Map.of("audit.data.query", 0.1, "audit.performance", 0.05),
            Map.of(),
            Map.of(
                    Priority.P1, Duration.ofHours(1),
                    Priority.P2, Duration.ofMinutes(15),
                    Priority.P3, Duration.ofMinutes(5)),
            Map.of(
                    Priority.P0, seconds(2, 4, 8, 16),
                    Priority.P1, seconds(2, 4),
                    Priority.P2, seconds(2, 4),
                    Priority.P3, seconds(5)));

    /** Copies the maps in. */
    public LiveSettings {
        sampling = Map.copyOf(sampling);
        priorities = Map.copyOf(priorities);
        timeToLive = Map.copyOf(timeToLive);
        retryWaits = Map.copyOf(retryWaits);
    }

    /**
     * {@return the share of events of a name that is kept, 0 to 1}
     *
     * @param name an event's name
     */
    public double samplingRate(String name) {
        Double rate = longest(sampling, name, any -> true);
        return rate == null ? 1 : rate;
    }

    /**
     * {@return the priority of an event by its name; null: no rule says}
     *
     * @param name the event's name
     * @param forced whether rules are meant that count though an event has a priority of its own, or the others
     */
    public @Nullable Priority priority(String name, boolean forced) {
        PriorityRule rule = longest(priorities, name, candidate -> candidate.forced() == forced);
        return rule == null ? null : rule.priority();
    }

    /**
     * {@return how long events of a priority are worth delivering; null: for ever}
     *
     * @param priority the priority
     */
    public @Nullable Duration timeToLive(Priority priority) {
        return timeToLive.get(priority);
    }

    /**
     * {@return the waits between attempts}
     *
     * @param priority an event's priority
     */
    public List<Duration> retryWaits(Priority priority) {
        return retryWaits.getOrDefault(priority, List.of());
    }

    LiveSettings withSampling(Map<String, Double> rates) {
        return new LiveSettings(rates, priorities, timeToLive, retryWaits);
    }

    LiveSettings withPriorities(Map<String, PriorityRule> rules) {
        return new LiveSettings(sampling, rules, timeToLive, retryWaits);
    }

    LiveSettings withTimeToLive(Map<Priority, Duration> times) {
        return new LiveSettings(sampling, priorities, times, retryWaits);
    }

    LiveSettings withRetryWaits(Map<Priority, List<Duration>> waits) {
        return new LiveSettings(sampling, priorities, timeToLive, waits);
    }

    private static <V> @Nullable V longest(Map<String, V> byPrefix, String name, Predicate<V> meant) {
        if (byPrefix.isEmpty()) {
            return null;
        }
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            V value = byPrefix.get(name.substring(0, end));
            if (value != null && meant.test(value)) {
                return value;
            }
        }
        return null;
    }

    private static List<Duration> seconds(int... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
