package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Readiness;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.dispatcher.DispatcherService;
import com.audiojones.bus.dispatcher.DispatcherSettings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.target.TargetVault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;

/** The dispatcher with its default settings, in this process; only loopback may be dialled. */
public final class RunningDispatcher implements AutoCloseable {

    private final LiveSettingsReader live;
    private final DispatcherService service;

    private RunningDispatcher(LiveSettingsReader live, DispatcherService service) {
        this.live = live;
        this.service = service;
    }

    /** Starts it and returns at once. */
    public static RunningDispatcher start(KafkaSettings kafka) {
        LiveSettingsReader live = new LiveSettingsReader(kafka);
        DispatcherService service = new DispatcherService(
                settings(), kafka, live, new SimpleMeterRegistry(), Clock.systemUTC(), TargetVault.CLEAR);
        live.start();
        service.start();
        return new RunningDispatcher(live, service);
    }

    /** Blocks until it has its partitions and its targets. */
    public void awaitReady() throws InterruptedException {
        Readiness.await(service);
    }

    private static DispatcherSettings settings() {
        return DispatcherSettings.read(Settings.open(
                null,
                Map.of(),
                Map.of("webhook.allowed-addresses", "127.0.0.0/8", "webhook.http-to-loopback", "true")));
    }

    @Override
    public void close() {
        service.close();
        live.close();
    }
}
