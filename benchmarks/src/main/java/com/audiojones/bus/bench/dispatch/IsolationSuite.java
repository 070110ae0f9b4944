package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.measure.Latencies;
import com.audiojones.bus.bench.measure.LatencyPairs;
import com.audiojones.bus.bench.measure.Pace;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether sick targets slow the healthy ones down: 100 targets, each with events of its own at an even rate. In every
 * other pass four of them are sick: one hangs for 30 s, one refuses connections, one answers 500, one answers byte by
 * byte. Only the 96 that are always healthy are measured.
 */
public final class IsolationSuite implements Suite {

    private static final double BAR = 1.2;
    private static final int TARGETS = 100;
    private static final int RATE = 500;
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final String HEALTHY = "/ok/isolation/healthy/";

    /** Where the first four targets are when they are sick. Nobody listens on port 1. */
    private static final List<String> SICK =
            List.of("/hang/30000/isolation", "http://127.0.0.1:1/", "/status/500/isolation", "/drip/200/isolation");

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public String about() {
        return "latency of 96 healthy targets beside 4 sick ones";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("starting a broker and a receiver");
        try (Lab lab = Lab.open();
                BenchTargets targets = new BenchTargets(lab.kafka());
                LaneWriter writer = new LaneWriter(lab.kafka(), options.bodyBytes());
                RunningDispatcher running = RunningDispatcher.start(lab.kafka())) {
            for (int i = SICK.size(); i < TARGETS; i++) {
                targets.add("isolation-" + i, lab.receiver().url(HEALTHY + i), type(i));
            }
            targets.complete();
            running.awaitReady();
            Passes passes = new Passes(lab, targets, writer, options.time());
            progress.accept("isolation: warming up");
            int healthy = SICK.size();
            new WarmUp(lab, writer).deliver(options.warmUp(), type(healthy), Priority.P1, HEALTHY + healthy);
            passes.run(false);
            return new Report(
                    name(),
                    options.conditions(),
                    new LatencyPairs("healthy targets beside sick ones", "all healthy", BAR, progress)
                            .run(options.pairs(), () -> passes.run(false), () -> passes.run(true)));
        }
    }

    private static String type(int target) {
        return "bench_isolation_" + target;
    }

    /** Runs passes; each has sick targets of its own, since the bus may remember the old ones. */
    private static final class Passes {
        private final Lab lab;
        private final BenchTargets targets;
        private final LaneWriter writer;
        private final Duration time;
        private int passes;

        Passes(Lab lab, BenchTargets targets, LaneWriter writer, Duration time) {
            this.lab = lab;
            this.targets = targets;
            this.writer = writer;
            this.time = time;
        }

        Latencies run(boolean sick) throws InterruptedException {
            int pass = passes++;
            for (int i = 0; i < SICK.size(); i++) {
                targets.add(id(pass, i), url(i, sick), type(i));
            }
            lab.receiver().reset();
            int[] healthy = new int[1];
            Pace.run(RATE, time, step -> {
                healthy[0] += step % TARGETS < SICK.size() ? 0 : 1;
                writer.send(type(step % TARGETS), Priority.P1);
            });
            Latencies latencies = Latencies.await(lab.receiver(), HEALTHY, healthy[0]);
            for (int i = 0; i < SICK.size(); i++) {
                targets.remove(id(pass, i));
            }
            LaneLag.awaitNone(lab.kafka(), Lane.STANDARD, CALM);
            return latencies;
        }

        private String url(int target, boolean sick) {
            String path = sick ? SICK.get(target) : "/ok/isolation/other/" + target;
            return path.startsWith("http:") ? path : lab.receiver().url(path);
        }

        private static String id(int pass, int target) {
            return "isolation-pass-" + pass + "-" + target;
        }
    }
}
