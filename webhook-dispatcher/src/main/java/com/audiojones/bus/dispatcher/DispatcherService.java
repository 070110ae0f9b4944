package com.audiojones.bus.dispatcher;

import com.audiojones.bus.dispatcher.deliver.LaneDispatcher;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Delivers all lanes, each with a consumer, a producer, connections and permits of its own. */
public final class DispatcherService implements BusService {

    private final TargetReader targets;
    private final List<LaneDispatcher> lanes;

    /** Opens producers and connections; {@link #start()} begins to deliver. */
    public DispatcherService(DispatcherSettings settings, KafkaSettings kafka, MeterRegistry metrics, Clock clock) {
        this.targets = new TargetReader(kafka, settings.sharedSecret());
        this.lanes = Arrays.stream(Lane.values())
                .map(lane -> new LaneDispatcher(lane, settings.lanes(), kafka, targets, metrics, clock))
                .toList();
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    @Override
    public void start() {
        targets.start();
        lanes.forEach(LaneDispatcher::start);
    }

    @Override
    public List<String> notReady() {
        return Stream.concat(targets.notReady().stream(), lanes.stream().flatMap(lane -> lane.notReady().stream()))
                .toList();
    }

    @Override
    public void close() {
        lanes.forEach(LaneDispatcher::close);
        targets.close();
    }
}
