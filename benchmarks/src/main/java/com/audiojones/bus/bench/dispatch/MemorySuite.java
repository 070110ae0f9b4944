package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import com.audiojones.bus.event.Priority;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.function.Consumer;

/** Whether the dispatcher's heap grows with what it has delivered: live bytes after collections during a long run. */
public final class MemorySuite implements Suite {

    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(2);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final double MIB = 1024 * 1024;
    private static final String PATH = "/ok/memory";
    private static final String TYPE = "bench_memory";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "live heap of the dispatcher during a long run";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("starting a broker and a receiver");
        try (Lab lab = Lab.open()) {
            try (BenchTargets targets = new BenchTargets(lab.kafka());
                    LaneWriter writer = new LaneWriter(lab.kafka(), options.bodyBytes())) {
                targets.add("memory", lab.receiver().url(PATH), TYPE);
                targets.complete();
                progress.accept("memory: writes " + options.events() + " events");
                writer.preload(options.events(), TYPE, Priority.P1);
            }
            try (RunningDispatcher running = RunningDispatcher.start(lab.kafka())) {
                running.awaitReady();
                return report(options, samples(lab, options.events(), progress));
            }
        }
    }

    /** From the moment a twentieth has arrived until all has. */
    private static List<Long> samples(Lab lab, int events, Consumer<String> progress) throws InterruptedException {
        List<Long> samples = new ArrayList<>();
        int arrived = lab.receiver().awaitCount(PATH, Math.max(1, events / 20), STANDSTILL);
        int before = -1;
        while (samples.isEmpty() || (arrived < events && arrived > before)) {
            long live = liveBytes();
            samples.add(live);
            progress.accept(String.format(
                    Locale.ROOT, "memory: %d of %d delivered, %.1f MiB live", arrived, events, live / MIB));
            before = arrived;
            arrived = lab.receiver().awaitCount(PATH, events, BETWEEN_SAMPLES);
        }
        if (arrived < events) {
            throw new IllegalStateException("expected " + events + " deliveries, got no more than " + arrived);
        }
        return samples;
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Report report(Options options, List<Long> samples) {
        LongSummaryStatistics live = samples.stream().mapToLong(Long::longValue).summaryStatistics();
        return new Report(
                "memory",
                options.conditions(),
                List.of(
                        Figure.alone("live heap, first sample", "MiB", samples.getFirst() / MIB),
                        Figure.alone("live heap, last sample", "MiB", samples.getLast() / MIB),
                        Figure.alone("live heap, smallest", "MiB", live.getMin() / MIB),
                        Figure.alone("live heap, largest", "MiB", live.getMax() / MIB),
                        Figure.alone("largest over smallest", "times", (double) live.getMax() / live.getMin()),
                        Figure.alone("samples", "collections", samples.size())));
    }
}
