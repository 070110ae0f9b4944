package com.audiojones.bus.router;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A router that ends with its process, and prints how much of its heap lives. */
final class RouterProcess {

    private RouterProcess() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        KafkaSettings kafka = new KafkaSettings(args[0], Map.of());
        RouterSettings settings = RouterSettings.read(Settings.open(null, Map.of(), Map.of()));
        LiveSettingsReader live = new LiveSettingsReader(kafka);
        RouterService router = new RouterService(settings, kafka, live, new SimpleMeterRegistry(), Clock.systemUTC());
        live.start();
        router.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            router.close();
            live.close();
        }));
        while (true) {
            Thread.sleep(Duration.ofSeconds(1));
            System.gc();
            System.out.println("heap "
                    + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()));
        }
    }
}
