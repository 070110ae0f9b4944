package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.launcher.role.BusSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the effective configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints every setting with the value in force, secrets hidden.")
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private ConfigFile config = new ConfigFile();

    @Override
    public Integer call() {
        Settings settings = config.open();
        BusSettings.read(settings);
        settings.effective().forEach((key, value) -> System.out.println(key + " = " + value));
        return 0;
    }
}
