package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.ArrivalWindow;
import com.audiojones.bus.bench.measure.ArrivalWindow.Speed;
import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Figure.Better;
import com.audiojones.bus.bench.report.Series;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.event.Priority;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Deliveries a second and CPU time, lane topic to receiver, beside the sender alone, which signs each request, and beside
 * one whose requests were signed before. Everything is preloaded; a long pass of each warms up and does not count.
 */
final class Throughput {

    private static final double BAR = 1.5;
    private static final String CPU = "CPU-s per 10,000";
    private static final String SIGNING = "the same sender, signing, without Kafka";
    private static final String SIGNED_BEFORE = "the same, signed before";

    private final Lab lab;
    private final Options options;
    private final Consumer<String> progress;

    /** One pass of each. */
    private record Round(Speed bus, Speed signing, Speed signedBefore) {}

    Throughput(Lab lab, Options options, Consumer<String> progress) {
        this.lab = lab;
        this.options = options;
        this.progress = progress;
    }

    /** The figures for events with so many targets each. */
    List<Figure> measure(int targets) throws InterruptedException {
        String type = "bench_fan" + targets;
        List<URI> urls = addTargets(targets, type);
        List<Round> rounds = new ArrayList<>();
        for (int pass = 0; pass <= options.pairs(); pass++) {
            int deliveries = pass == 0 ? options.warmUp() : options.events();
            byte[] body = TimedBody.of(0, options.bodyBytes());
            Speed signedBefore = passOfTheSender(deliveries, urls, type, RequestHeaders.signedBefore(body), body);
            Speed signing = passOfTheSender(deliveries, urls, type, RequestHeaders.signing(body), body);
            Round round = new Round(passOfTheBus(deliveries, targets, type), signing, signedBefore);
            report(targets, pass, round);
            if (pass > 0) {
                rounds.add(round);
            }
        }
        String suffix = ", targets per event: " + targets;
        Series cpu = series(rounds, round -> round.bus().cpuSeconds());
        Series cpuSigning = series(rounds, round -> round.signing().cpuSeconds());
        Series cpuSignedBefore = series(rounds, round -> round.signedBefore().cpuSeconds());
        return List.of(
                new Figure(
                        "throughput" + suffix,
                        "deliveries/s",
                        Better.MORE,
                        series(rounds, round -> round.bus().perSecond()),
                        series(rounds, round -> round.signing().perSecond()),
                        SIGNING,
                        null),
                new Figure("CPU" + suffix, CPU, Better.LESS, cpu, cpuSigning, SIGNING, BAR),
                new Figure("CPU, signed before" + suffix, CPU, Better.LESS, cpu, cpuSignedBefore, SIGNED_BEFORE, null),
                new Figure(
                        "arrived" + suffix,
                        "deliveries of one pass",
                        Better.MORE,
                        series(rounds, round -> round.bus().arrived()),
                        null,
                        "",
                        null));
    }

    private void report(int targets, int pass, Round round) {
        String which = pass == 0 ? "warm-up" : "pair " + pass;
        progress.accept(String.format(
                Locale.ROOT,
                "throughput, %d target(s), %s: bus %.0f/s, sender %.0f/s; CPU-s per 10,000: %.2f, %.2f, signed before %.2f",
                targets,
                which,
                round.bus().perSecond(),
                round.signing().perSecond(),
                round.bus().cpuSeconds(),
                round.signing().cpuSeconds(),
                round.signedBefore().cpuSeconds()));
    }

    private List<URI> addTargets(int targets, String type) throws InterruptedException {
        List<URI> urls = IntStream.range(0, targets)
                .mapToObj(i -> URI.create(lab.receiver().url("/ok/" + type + "/" + i)))
                .toList();
        try (BenchTargets inForce = new BenchTargets(lab.kafka())) {
            for (int i = 0; i < targets; i++) {
                inForce.add(type + "-" + i, urls.get(i).toString(), type);
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
            return new ArrivalWindow(() -> lab.receiver().count("/ok/" + type + "/")).await(events * targets);
        }
    }

    private Speed passOfTheSender(int deliveries, List<URI> urls, String type, RequestHeaders headers, byte[] body)
            throws InterruptedException {
        lab.receiver().reset();
        try (SenderAlone sender = new SenderAlone(options.concurrency())) {
            Thread sending = Thread.ofPlatform().name("sender-alone").start(() -> {
                try {
                    sender.sendAll(deliveries, urls, body, headers);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Speed speed = new ArrivalWindow(() -> lab.receiver().count("/ok/" + type + "/")).await(deliveries);
            sending.join();
            return speed;
        }
    }

    private static Series series(List<Round> rounds, ToDoubleFunction<Round> value) {
        return new Series(rounds.stream().mapToDouble(value).boxed().toList());
    }
}
