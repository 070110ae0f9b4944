package com.audiojones.bus.router;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;

/** A router that ends with its process. */
final class RouterProcess {

    private RouterProcess() {}

    public static void main(String[] args) {
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
    }
}
