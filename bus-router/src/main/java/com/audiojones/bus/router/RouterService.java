package com.audiojones.bus.router;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/**
 * Routes every ingest topic. Security and compliance have a loop, a consumer group and a producer of their own, so that
 * a flood on any other topic cannot delay them.
 */
public final class RouterService implements BusService {

    private final List<RouterLoop> loops;

    /**
     * Opens the producers; {@link #start()} begins to route.
     *
     * @param settings the router's settings
     * @param kafka how the cluster is reached
     * @param live the settings in force; started and closed by others
     * @param metrics where decisions are counted
     * @param clock tells what has expired
     */
    public RouterService(
            RouterSettings settings, KafkaSettings kafka, LiveSettingsReader live, MeterRegistry metrics, Clock clock) {
        List<String> urgent = Topics.protectedIngest();
        List<String> others = Topics.ingest().stream()
                .filter(topic -> !urgent.contains(topic))
                .toList();
        RouterParts parts = new RouterParts(settings, kafka, live, new RouterMeters(metrics), clock);
        this.loops = List.of(new RouterLoop("router", others, parts), new RouterLoop("router-urgent", urgent, parts));
    }

    @Override
    public String name() {
        return "router";
    }

    @Override
    public void start() {
        loops.forEach(RouterLoop::start);
    }

    @Override
    public List<String> notReady() {
        return loops.stream().flatMap(loop -> loop.notReady().stream()).toList();
    }

    @Override
    public void close() {
        BusService.closeTogether(loops);
    }
}
