package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Whether a flood of P3 slows P0 down: P0 at an even rate throughout, P3 at the same rate or at ten times it. */
public final class FloodSuite implements Suite {

    private static final double BAR = 1.2;
    private static final int RATE = 100;
    private static final int FLOOD = 10;
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final String URGENT = "/ok/flood/p0";
    private static final String URGENT_TYPE = "bench_flood_p0";
    private static final String OTHER_TYPE = "bench_flood_p3";

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public String about() {
        return "latency of P0 while P3 comes ten times as fast";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("starting a broker and a receiver");
        try (Lab lab = Lab.open();
                BenchTargets targets = new BenchTargets(lab.kafka());
                LaneWriter writer = new LaneWriter(lab.kafka(), options.bodyBytes());
                RunningDispatcher running = RunningDispatcher.start(lab.kafka())) {
            targets.add("flood-p0", lab.receiver().url(URGENT), URGENT_TYPE);
            targets.add("flood-p3", lab.receiver().url("/ok/flood/p3"), OTHER_TYPE);
            targets.complete();
            running.awaitReady();
            progress.accept("flood: warming up");
            pass(lab, writer, options.time(), FLOOD);
            return new Report(
                    name(),
                    options.conditions(),
                    new LatencyPairs("P0 in a flood of P3", "without the flood", BAR, progress)
                            .run(
                                    options.pairs(),
                                    () -> pass(lab, writer, options.time(), 1),
                                    () -> pass(lab, writer, options.time(), FLOOD)));
        }
    }

    private static Latencies pass(Lab lab, LaneWriter writer, Duration time, int othersPerUrgent)
            throws InterruptedException {
        lab.receiver().reset();
        int every = othersPerUrgent + 1;
        int sent = Pace.run(RATE * every, time, step -> {
            if (step % every == 0) {
                writer.send(URGENT_TYPE, Priority.P0);
            } else {
                writer.send(OTHER_TYPE, Priority.P3);
            }
        });
        Latencies latencies = Latencies.await(lab.receiver(), URGENT, (sent + every - 1) / every);
        LaneLag.awaitNone(lab.kafka(), Lane.LOW, CALM);
        return latencies;
    }
}
