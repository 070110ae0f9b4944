package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.measure.Latencies;
import com.audiojones.bus.bench.measure.LatencyPairs;
import com.audiojones.bus.bench.measure.Pace;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.event.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Publish to receiver at an even rate, beside the bare chain. Both are up all the time; only one has work. */
final class Latency {

    private static final double BAR = 1.5;
    private static final List<Integer> RATES = List.of(200, 1_000);
    private static final String TYPE = "bench_latency";
    private static final String BUS = "/ok/latency/bus";
    private static final String BARE = "/ok/latency/bare";

    private final Lab lab;
    private final Options options;
    private final Consumer<String> progress;

    Latency(Lab lab, Options options, Consumer<String> progress) {
        this.lab = lab;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> measure() throws InterruptedException {
        try (BenchTargets targets = new BenchTargets(lab.kafka())) {
            targets.add("latency", lab.receiver().url(BUS), TYPE);
            targets.complete();
        }
        List<Figure> figures = new ArrayList<>();
        try (RunningDispatcher running = RunningDispatcher.start(lab.kafka());
                LaneWriter writer = new LaneWriter(lab.kafka(), options.bodyBytes());
                BareChain bare = new BareChain(
                        lab.kafka(), lab.receiver().url(BARE), options.bodyBytes(), options.concurrency())) {
            running.awaitReady();
            progress.accept("latency: warming up");
            pass(1_000, options.time(), BARE, bare::send);
            pass(1_000, options.time(), BUS, () -> writer.send(TYPE, Priority.P1));
            for (int rate : RATES) {
                figures.addAll(new LatencyPairs("latency at " + rate + "/s", "bare chain", BAR, progress)
                        .run(
                                options.pairs(),
                                () -> pass(rate, options.time(), BARE, bare::send),
                                () -> pass(rate, options.time(), BUS, () -> writer.send(TYPE, Priority.P1))));
            }
        }
        return figures;
    }

    private Latencies pass(int rate, Duration time, String path, Runnable send) throws InterruptedException {
        lab.receiver().reset();
        int sent = Pace.run(rate, time, step -> send.run());
        return Latencies.await(lab.receiver(), path, sent);
    }
}
