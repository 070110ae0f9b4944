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
import java.util.function.Consumer;

/** Whether a flood of P3 slows P0 down: P0 at an even rate throughout, P3 at the same rate or at ten times it. */
public final class FloodSuite implements Suite {

    private static final double BAR = 1.2;
    private static final int RATE = 100;
    private static final int FLOOD = 10;
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final String URGENT = "/ok/flood/p0";
    private static final String OTHERS = "/ok/flood/p3";
    private static final String URGENT_TYPE = "bench_flood_p0";
    private static final String OTHER_TYPE = "bench_flood_p3";

    /**
     * A producer for each: a broker answers one request of a connection at a time, so on a shared one P0 would wait for P3
     * before it had reached any topic.
     */
    private record Writers(LaneWriter urgent, LaneWriter others) {}

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
                LaneWriter urgent = new LaneWriter(lab.kafka(), options.bodyBytes());
                LaneWriter others = new LaneWriter(lab.kafka(), options.bodyBytes());
                RunningDispatcher running = RunningDispatcher.start(lab.kafka())) {
            targets.add("flood-p0", lab.receiver().url(URGENT), URGENT_TYPE);
            targets.add("flood-p3", lab.receiver().url(OTHERS), OTHER_TYPE);
            targets.complete();
            running.awaitReady();
            progress.accept("flood: warming up");
            WarmUp warmUp = new WarmUp(lab, others);
            warmUp.deliver(half(options.warmUp()), OTHER_TYPE, Priority.P3, OTHERS);
            warmUp.deliver(half(options.warmUp()), URGENT_TYPE, Priority.P0, URGENT);
            Writers writers = new Writers(urgent, others);
            pass(lab, writers, options.time(), FLOOD);
            return new Report(
                    name(),
                    options.conditions(),
                    new LatencyPairs("P0 in a flood of P3", "without the flood", BAR, progress)
                            .run(
                                    options.pairs(),
                                    () -> pass(lab, writers, options.time(), 1),
                                    () -> pass(lab, writers, options.time(), FLOOD)));
        }
    }

    private static int half(int deliveries) {
        return Math.max(1, deliveries / 2);
    }

    private static Latencies pass(Lab lab, Writers writers, Duration time, int othersPerUrgent)
            throws InterruptedException {
        lab.receiver().reset();
        Thread flooding = Thread.ofPlatform()
                .name("flood")
                .start(() -> Pace.run(
                        RATE * othersPerUrgent, time, step -> writers.others().send(OTHER_TYPE, Priority.P3)));
        int sent = Pace.run(RATE, time, step -> writers.urgent().send(URGENT_TYPE, Priority.P0));
        flooding.join();
        Latencies latencies = Latencies.await(lab.receiver(), URGENT, sent);
        LaneLag.awaitNone(lab.kafka(), Lane.LOW, CALM);
        return latencies;
    }
}
