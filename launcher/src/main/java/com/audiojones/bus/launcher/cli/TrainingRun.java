package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import com.audiojones.bus.publish.AjEventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Does once what every start does, in a directory of its own that is removed again: what the JVM loads and compiles on
 * the way goes into the cache that makes later starts quick.
 */
final class TrainingRun {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private TrainingRun() {}

    static void run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("ajbus-train");
        try (DevBus bus = DevBus.start(new Options(directory, 0, 0, 0, false))) {
            if (bus.awaitReady()) {
                passOneEventThrough(bus);
            }
        } finally {
            remove(directory);
        }
    }

    private static void passOneEventThrough(DevBus bus) throws InterruptedException {
        try (EventBus events =
                BusLocation.connect(new KafkaSettings(bus.endpoints().kafka(), Map.of()))) {
            var _ = events.publish(AjEventType.STATUS_CHANGE, Map.of("from", "operational", "to", "degraded"), Map.of())
                    .join();
        }
        AdminClient admin = new AdminClient(bus.endpoints().http(), bus.adminKey());
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (admin.call("GET", "stats", null).path("published").asInt() == 0 && System.nanoTime() < deadline) {
            Thread.sleep(POLL);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
