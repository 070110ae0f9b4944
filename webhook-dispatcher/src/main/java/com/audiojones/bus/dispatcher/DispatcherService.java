package com.audiojones.bus.dispatcher;

import com.audiojones.bus.dispatcher.deliver.LaneShared;
import com.audiojones.bus.dispatcher.deliver.Precedence;
import com.audiojones.bus.dispatcher.deliver.SupervisedLane;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.target.TargetVault;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Delivers the lanes that are its own, each with loops, an engine, a producer, connections and permits of its own. */
public final class DispatcherService implements BusService {

    private final TargetReader targets;
    private final TargetControl control;
    private final LiveSettingsReader live;
    private final List<SupervisedLane> lanes;
    private final TargetReport report;
    private CompletableFuture<Void> starting = new CompletableFuture<>();

    /**
     * Opens producers and connections; {@link #start()} begins to deliver.
     *
     * @param live the settings in force; started and closed by others
     * @param vault how the targets' secrets are kept
     */
    public DispatcherService(
            DispatcherSettings settings,
            KafkaSettings kafka,
            LiveSettingsReader live,
            MeterRegistry metrics,
            Clock clock,
            TargetVault vault) {
        this.live = live;
        this.control = new TargetControl(kafka, settings.disableAfter(), clock);
        this.targets = new TargetReader(
                kafka, settings.sharedSecret(), settings.lanes().addresses(), control::forget, vault);
        LaneShared shared = new LaneShared(targets, control, live, new Precedence());
        this.lanes = settings.served().stream()
                .map(lane -> new SupervisedLane(lane, settings.lanes(), kafka, shared, metrics, clock))
                .toList();
        this.report = new TargetReport(targets, control, lanes, clock);
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    /** What is known and set is read first: a disabled target must not get anything after a restart. */
    @Override
    public void start() {
        targets.start();
        control.start();
        starting = CompletableFuture.allOf(control.caughtUp(), live.loaded())
                .thenRun(() -> lanes.forEach(SupervisedLane::start));
    }

    @Override
    public List<String> notReady() {
        return Stream.of(
                        targets.notReady().stream(),
                        control.notReady().stream(),
                        lanes.stream().flatMap(lane -> lane.notReady().stream()))
                .flatMap(reasons -> reasons)
                .toList();
    }

    /** The state of each target, as JSON: what holds it back and why. Any thread. */
    public String targetReport() {
        return report.json();
    }

    @Override
    public void close() {
        starting.cancel(false);
        BusService.closeTogether(lanes);
        control.close();
        targets.close();
    }
}
