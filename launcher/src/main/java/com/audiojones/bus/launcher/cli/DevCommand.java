package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the whole bus in this process. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = "Runs the whole bus in one process: a real Kafka broker, all roles, SQLite. Ctrl-C stops it.")
final class DevCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:AJBUS_DATA:-.ajbus}",
            description = "where everything is kept between runs (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(".ajbus");

    @Option(
            names = "--kafka-port",
            defaultValue = "9092",
            description = "loopback port of Kafka, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int kafkaPort;

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            description = "loopback port of the admin API, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int httpPort;

    @Option(
            names = "--ops-port",
            defaultValue = "0",
            description =
                    "loopback port of /healthz, /readyz, /metrics, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int opsPort;

    @Option(names = "--fresh", description = "forget what earlier runs left in the data directory")
    private boolean fresh;

    @Option(names = "--train", hidden = true, description = "start, pass one event through, stop")
    private boolean train;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (train) {
            TrainingRun.run();
            return 0;
        }
        try (DevBus bus = DevBus.start(new Options(data, kafkaPort, httpPort, opsPort, fresh))) {
            if (bus.awaitReady()) {
                System.out.println("ready in " + millisSinceStart() + " ms");
                Welcome.print(System.out, bus, data);
                bus.awaitStop();
            }
        }
        return 0;
    }

    private static long millisSinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
