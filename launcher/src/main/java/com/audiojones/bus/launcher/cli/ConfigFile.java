package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where settings come from. */
final class ConfigFile {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings file (HOCON, properties or JSON); AJ_BUS_... variables win over it")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one setting; wins over file and variables")
    private Map<String, String> chosen = new LinkedHashMap<>();

    Settings open() {
        return Settings.open(file, System.getenv(), chosen);
    }
}
