package com.audiojones.bus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a settings file, HOCON or one of its subsets, into settings by key. */
final class SettingsFile {

    private SettingsFile() {}

    /**
     * {@return the file's settings, lists joined by commas}
     *
     * @throws ConfigException if it cannot be read or parsed
     */
    static Map<String, String> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigException("settings file " + file + ": expected a readable file, found none", null);
        }
        try {
            Config config = ConfigFactory.parseFile(file.toFile()).resolve();
            Map<String, String> values = new TreeMap<>();
            for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
                values.put(entry.getKey().replace("\"", ""), text(entry.getValue()));
            }
            return values;
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException("settings file " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(ConfigValue value) {
        if (value.valueType() == ConfigValueType.LIST && value.unwrapped() instanceof List<?> items) {
            return String.join(",", items.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value.unwrapped());
    }
}
