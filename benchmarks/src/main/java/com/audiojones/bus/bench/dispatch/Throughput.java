package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.dispatch.ArrivalWindow.Speed;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Figure.Better;
import com.audiojones.bus.bench.report.Series;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.event.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Deliveries a second and CPU time, lane topic to receiver, beside the sender alone with requests that were signed
 * before. Everything is preloaded; a long pass of each warms up and does not count.
 */
final class Throughput {

    private static final double BAR = 1.5;

    /** More are the same ones again: the ceiling is not to hold a long run's requests in memory. */
    private static final int SIGNED = 10_000;

    private static final String CEILING = "the same sender without Kafka, signed before";

    private final Lab lab;
    private final Options options;
    private final Consumer<String> progress;

    Throughput(Lab lab, Options options, Consumer<String> progress) {
        this.lab = lab;
        this.options = options;
        this.progress = progress;
    }

    /** The figures for events with so many targets each. */
    List<Figure> measure(int targets) throws InterruptedException {
        String type = "bench_fan" + targets;
        List<String> urls = addTargets(targets, type);
        List<Speed> bus = new ArrayList<>();
        List<Speed> ceiling = new ArrayList<>();
        for (int pass = 0; pass <= options.pairs(); pass++) {
            int deliveries = pass == 0 ? options.warmUp() : options.events();
            Speed alone = passOfTheSender(deliveries, urls, type);
            Speed whole = passOfTheBus(deliveries, targets, type);
            report(targets, pass, whole, alone);
            if (pass > 0) {
                bus.add(whole);
                ceiling.add(alone);
            }
        }
        String suffix = ", targets per event: " + targets;
        return List.of(
                figure("throughput" + suffix, "deliveries/s", Better.MORE, bus, ceiling, Speed::perSecond),
                figure("CPU" + suffix, "CPU-s per 10,000", Better.LESS, bus, ceiling, Speed::cpuSeconds),
                new Figure(
                        "arrived" + suffix,
                        "deliveries of one pass",
                        Better.MORE,
                        series(bus, Speed::arrived),
                        null,
                        "",
                        null));
    }

    private void report(int targets, int pass, Speed bus, Speed ceiling) {
        String which = pass == 0 ? "warm-up" : "pair " + pass;
        progress.accept(String.format(
                Locale.ROOT,
                "throughput, %d target(s), %s: bus %.0f/s, ceiling %.0f/s; CPU-s per 10,000: %.2f, %.2f",
                targets,
                which,
                bus.perSecond(),
                ceiling.perSecond(),
                bus.cpuSeconds(),
                ceiling.cpuSeconds()));
    }

    private List<String> addTargets(int targets, String type) throws InterruptedException {
        List<String> urls = IntStream.range(0, targets)
                .mapToObj(i -> lab.receiver().url("/ok/" + type + "/" + i))
                .toList();
        try (BenchTargets inForce = new BenchTargets(lab.kafka())) {
            for (int i = 0; i < targets; i++) {
                inForce.add(type + "-" + i, urls.get(i), type);
            }
            inForce.complete();
        }
        return urls;
    }

    private Speed passOfTheBus(int deliveries, int targets, String type) throws InterruptedException {
        lab.receiver().reset();
        int events = Math.max(1, deliveries / targets);
        try (LaneWriter writer = new LaneWriter(lab.kafka(), options.bodyBytes())) {
            writer.preload(events, type, Priority.P1);
        }
        try (RunningDispatcher running = RunningDispatcher.start(lab.kafka())) {
            running.awaitReady();
            return new ArrivalWindow(lab.receiver(), "/ok/" + type + "/").await(events * targets);
        }
    }

    private Speed passOfTheSender(int deliveries, List<String> urls, String type) throws InterruptedException {
        lab.receiver().reset();
        byte[] body = TimedBody.of(0, options.bodyBytes());
        List<SignedRequests.Signed> requests = SignedRequests.of(Math.min(deliveries, SIGNED), urls, body);
        try (SenderAlone sender = new SenderAlone(options.concurrency())) {
            Thread sending = Thread.ofPlatform().name("sender-alone").start(() -> {
                try {
                    sender.sendAll(deliveries, requests, body);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Speed speed = new ArrivalWindow(lab.receiver(), "/ok/" + type + "/").await(deliveries);
            sending.join();
            return speed;
        }
    }

    private static Figure figure(
            String name,
            String unit,
            Better better,
            List<Speed> bus,
            List<Speed> ceiling,
            ToDoubleFunction<Speed> value) {
        return new Figure(name, unit, better, series(bus, value), series(ceiling, value), CEILING, BAR);
    }

    private static Series series(List<Speed> speeds, ToDoubleFunction<Speed> value) {
        return new Series(speeds.stream().mapToDouble(value).boxed().toList());
    }
}
