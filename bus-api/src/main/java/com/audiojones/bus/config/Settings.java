package com.audiojones.bus.config;

import com.audiojones.bus.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are read: the command line wins over the environment, the environment over the file, the file over the
 * default. Reading never throws; {@link #check()} then reports every problem at once, unknown keys included.
 *
 * <p>A key {@code module.kebab-case} is the variable {@code AJ_BUS_MODULE_KEBAB_CASE} in the environment. The file is
 * HOCON, of which Java properties and JSON are subsets. One thread.
 */
public final class Settings {

    private static final String ENV_PREFIX = "AJ_BUS_";

    private final Map<String, String> commandLine;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    /** A setting that several roles read is wrong once. */
    private final Set<String> problems = new LinkedHashSet<>();

    private final Map<String, String> effective = new TreeMap<>();
    private final TreeSet<String> unread = new TreeSet<>();

    private Settings(Map<String, String> commandLine, Map<String, String> environment, Map<String, String> file) {
        this.commandLine = Map.copyOf(commandLine);
        this.environment = Map.copyOf(environment);
        this.file = file;
        unread.addAll(commandLine.keySet());
        unread.addAll(file.keySet());
        environment.keySet().stream()
                .filter(name -> name.startsWith(ENV_PREFIX))
                .forEach(unread::add);
    }

    /**
     * Opens the sources.
     *
     * @param file a HOCON, properties or JSON file, or null for none
     * @param environment the process's environment
     * @param commandLine settings given on the command line, by key
     * @return the settings, nothing read yet
     * @throws ConfigException if the file cannot be read or parsed
     */
    public static Settings open(@Nullable Path file, Map<String, String> environment, Map<String, String> commandLine) {
        return new Settings(commandLine, environment, file == null ? Map.of() : SettingsFile.read(file));
    }

    /**
     * {@return a text setting}
     *
     * @param key the setting
     * @param fallback its default
     */
    public String text(String key, String fallback) {
        String found = find(key);
        String value = found == null ? fallback : found;
        effective.put(key, value);
        return value;
    }

    /**
     * {@return a text setting that a variable with a name of its own sets too}
     *
     * @param key the setting
     * @param variable the environment variable
     * @param fallback its default
     */
    public String text(String key, String variable, String fallback) {
        return text(key, environment.getOrDefault(variable, fallback));
    }

    /**
     * {@return a whole number}
     *
     * @param key the setting
     * @param fallback its default
     * @param min the smallest allowed value
     * @param max the largest allowed value
     */
    public int integer(String key, int fallback, int min, int max) {
        return parsed(key, fallback, "a whole number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("out of range");
            }
            return value;
        });
    }

    /**
     * {@return a switch}
     *
     * @param key the setting
     * @param fallback its default
     */
    public boolean flag(String key, boolean fallback) {
        return parsed(key, fallback, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        });
    }

    /**
     * {@return a positive duration, written like {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h} or {@code 7d}}
     *
     * @param key the setting
     * @param fallback its default
     */
    public Duration duration(String key, Duration fallback) {
        Duration value = parsed(key, fallback, "a duration such as 500ms, 10s, 5m, 2h or 7d", DurationText::parse);
        effective.replace(key, fallback.toString(), DurationText.of(fallback));
        return value;
    }

    /**
     * {@return a comma-separated list, empty where it is set nowhere}
     *
     * @param key the setting
     */
    public List<String> list(String key) {
        return parsed(key, List.of(), "a comma-separated list", text -> Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .toList());
    }

    /**
     * {@return a secret, or null where it is set nowhere; read like {@link #multilineSecret}}
     *
     * @param key the setting
     * @param variable the environment variable that sets it too
     * @param minLength the fewest characters allowed
     */
    public @Nullable Secret secret(String key, String variable, int minLength) {
        Secret secret = multilineSecret(key, variable);
        if (secret != null) {
            SecretSource.check(key + " (" + variable + ")", secret, minLength, problems);
        }
        return secret;
    }

    /**
     * {@return a secret that may have several lines, such as a private key, or null where it is set nowhere; it may also be
     * in a file, which the setting with {@code -file} after it names, or the variable with {@code _FILE}}
     *
     * @param key the setting
     * @param variable the environment variable that sets it too
     */
    public @Nullable Secret multilineSecret(String key, String variable) {
        String text = find(key);
        String file = text(key + "-file", variable + "_FILE", "");
        SecretSource source =
                new SecretSource(key + " (" + variable + ")", text == null ? environment.get(variable) : text, file);
        Secret secret = source.read(problems);
        if (secret != null) {
            effective.put(key, "****");
        }
        return secret;
    }

    /**
     * {@return all settings below a prefix, the prefix and its dot left out; from the file and the command line only,
     * since a variable's name does not tell dots from hyphens}
     *
     * @param prefix the settings' common start, without the dot
     */
    public Map<String, String> below(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (Map<String, String> source : List.of(file, commandLine)) {
            source.forEach((key, value) -> {
                if (key.startsWith(prefix + ".")) {
                    unread.remove(key);
                    found.put(key.substring(prefix.length() + 1), value);
                }
            });
        }
        return found;
    }

    /**
     * Notes a problem that a setting's reader found itself.
     *
     * @param problem one sentence: setting, expectation, actual value
     */
    public void problem(String problem) {
        problems.add(problem);
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException if anything was wrong; the message has one line per problem
     */
    public void check() {
        List<String> all = new ArrayList<>(problems);
        unread.forEach(key -> all.add(key + ": no such setting; see 'ajbus config' for all that there are"));
        if (!all.isEmpty()) {
            throw new ConfigException(all);
        }
    }

    /** {@return every setting read so far with the value in force, secrets as {@code ****}} */
    public Map<String, String> effective() {
        return new LinkedHashMap<>(effective);
    }

    private <T> T parsed(String key, T fallback, String expected, Function<String, T> parse) {
        String text = find(key);
        T value = fallback;
        if (text != null) {
            try {
                value = parse.apply(text);
            } catch (IllegalArgumentException | DateTimeParseException e) {
                problems.add(key + ": expected " + expected + ", got '" + text + "'");
            }
        }
        effective.put(key, text == null ? String.valueOf(fallback) : text);
        return value;
    }

    private @Nullable String find(String key) {
        String variable =
                ENV_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        unread.remove(key);
        unread.remove(variable);
        String value = commandLine.get(key);
        if (value == null) {
            value = environment.get(variable);
        }
        return value == null ? file.get(key) : value;
    }
}
