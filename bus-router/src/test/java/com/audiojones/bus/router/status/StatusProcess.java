package com.audiojones.bus.router.status;

import com.audiojones.bus.kafka.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Status and statistics in a process of their own, which says when they have failed. */
final class StatusProcess {

    private StatusProcess() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        StatusService status = new StatusService(
                new StatusSettings(Path.of(args[1]), 1, 0),
                new KafkaSettings(args[0], Map.of()),
                (short) 1,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        status.start();
        while (status.notReady().isEmpty()) {
            Thread.sleep(Duration.ofSeconds(1));
        }
        System.out.println(status.notReady());
    }
}
