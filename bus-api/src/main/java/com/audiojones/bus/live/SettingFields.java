package com.audiojones.bus.live;

import com.audiojones.bus.config.DurationText;
import com.audiojones.bus.event.EventName;
import com.audiojones.bus.event.Priority;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON object of one setting and collects what is wrong with it. One use, one thread. */
final class SettingFields {

    private static final int MAX_PREFIXES = 1_000;
    private static final int MAX_WAITS = 20;
    private static final int MAX_SHOWN = 120;
    private static final int MAX_PROBLEMS = 20;
    private static final double LOWEST_RATE = 1e-6;
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);
    private static final Set<String> RULE_FIELDS = Set.of("priority", "forced");

    private final String setting;
    private final JsonNode tree;
    private final List<String> problems = new ArrayList<>();

    SettingFields(String setting, JsonNode tree) {
        this.setting = setting;
        this.tree = tree;
    }

    Map<String, Double> rates() {
        Map<String, Double> rates = new HashMap<>();
        prefixes((prefix, value) -> {
            double rate = value.isNumber() ? value.doubleValue() : Double.NaN;
            if (rate == 0 || (rate >= LOWEST_RATE && rate <= 1)) {
                rates.put(prefix, rate);
            } else {
                wrong(prefix, "0, or a number from " + LOWEST_RATE + " to 1", value);
            }
        });
        return rates;
    }

    Map<String, PriorityRule> rules() {
        Map<String, PriorityRule> rules = new HashMap<>();
        prefixes((prefix, value) -> {
            JsonNode forced = value.path("forced");
            Priority priority = priority(value.path("priority").asText());
            boolean hasOthers = false;
            for (String name : (Iterable<String>) value::fieldNames) {
                hasOthers |= !RULE_FIELDS.contains(name);
            }
            if (priority == null || hasOthers || !(forced.isMissingNode() || forced.isBoolean())) {
                wrong(prefix, "{\"priority\": \"P0\" to \"P3\", \"forced\": true or false}", value);
            } else {
                rules.put(prefix, new PriorityRule(priority, forced.asBoolean()));
            }
        });
        return rules;
    }

    Map<Priority, Duration> timesToLive() {
        Map<Priority, Duration> times = new EnumMap<>(LiveSettings.DEFAULTS.timeToLive());
        priorities((priority, value) -> {
            Duration time = duration(priority.name(), value, LONGEST_LIFE);
            if (priority == Priority.P0) {
                problem(priority.name(), "expected nothing, since P0 never expires, got " + shown(value));
            } else if (time != null) {
                times.put(priority, time);
            }
        });
        return times;
    }

    Map<Priority, List<Duration>> waits() {
        Map<Priority, List<Duration>> waits = new EnumMap<>(LiveSettings.DEFAULTS.retryWaits());
        priorities((priority, value) -> {
            if (!value.isArray() || value.size() > MAX_WAITS) {
                wrong(priority.name(), "a list of at most " + MAX_WAITS + " durations", value);
                return;
            }
            List<Duration> list = new ArrayList<>();
            for (JsonNode each : value) {
                Duration wait = duration(priority.name(), each, LONGEST_WAIT);
                if (wait != null) {
                    list.add(wait);
                }
            }
            waits.put(priority, List.copyOf(list));
        });
        return waits;
    }

    void check() throws InvalidSettingException {
        if (!problems.isEmpty()) {
            throw new InvalidSettingException(problems.subList(0, Math.min(MAX_PROBLEMS, problems.size())));
        }
    }

    private interface Entry<K> {
        void read(K key, JsonNode value);
    }

    private void prefixes(Entry<String> entry) {
        if (tree.size() > MAX_PREFIXES) {
            problems.add(setting + ": expected at most " + MAX_PREFIXES + " prefixes, got " + tree.size());
            return;
        }
        tree.properties().forEach(field -> {
            if (EventName.isValidType(field.getKey())) {
                entry.read(field.getKey(), field.getValue());
            } else {
                problem(
                        field.getKey(),
                        "expected the beginning of an event's name: letters, digits, _ and - in segments separated by"
                                + " dots, without *");
            }
        });
    }

    private void priorities(Entry<Priority> entry) {
        tree.properties().forEach(field -> {
            Priority priority = priority(field.getKey());
            if (priority == null) {
                problem(field.getKey(), "expected one of P0, P1, P2, P3");
            } else {
                entry.read(priority, field.getValue());
            }
        });
    }

    private static @Nullable Priority priority(String text) {
        for (Priority priority : Priority.values()) {
            if (priority.name().equals(text)) {
                return priority;
            }
        }
        return null;
    }

    private @Nullable Duration duration(String name, JsonNode value, Duration longest) {
        try {
            Duration duration = DurationText.parse(value.isTextual() ? value.textValue() : "");
            if (duration.compareTo(longest) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the words of this setting.
        }
        wrong(name, "a duration such as 500ms, 10s, 5m or 1h, at most " + DurationText.of(longest), value);
        return null;
    }

    private void wrong(String name, String expected, JsonNode actual) {
        problem(name, "expected " + expected + ", got " + shown(actual));
    }

    private void problem(String name, String sentence) {
        problems.add(setting + "." + cut(name) + ": " + sentence);
    }

    private static String shown(JsonNode value) {
        return cut(value.toString());
    }

    private static String cut(String text) {
        String beginning = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
        return beginning.replaceAll("\\p{Cntrl}", "?");
    }
}
