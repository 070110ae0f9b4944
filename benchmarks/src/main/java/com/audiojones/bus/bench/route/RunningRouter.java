package com.audiojones.bus.bench.route;

import com.audiojones.bus.bench.measure.Readiness;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.router.RouterService;
import com.audiojones.bus.router.RouterSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;

/** The router with its default settings, in this process. */
public final class RunningRouter implements AutoCloseable {

    private final LiveSettingsReader live;
    private final RouterService service;

    /** Starts it and returns at once. */
    public RunningRouter(KafkaSettings kafka) {
        this.live = new LiveSettingsReader(kafka);
        RouterSettings settings = RouterSettings.read(Settings.open(null, Map.of(), Map.of()));
        this.service = new RouterService(settings, kafka, live, new SimpleMeterRegistry(), Clock.systemUTC());
        live.start();
        service.start();
    }

    /** Blocks until it has its partitions. */
    public void awaitReady() throws InterruptedException {
        Readiness.await(service);
    }

    @Override
    public void close() {
        service.close();
        live.close();
    }
}
