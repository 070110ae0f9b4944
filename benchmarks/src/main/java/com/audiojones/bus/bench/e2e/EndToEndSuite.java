package com.audiojones.bus.bench.e2e;

import com.audiojones.bus.bench.dispatch.BareChain;
import com.audiojones.bus.bench.measure.Latencies;
import com.audiojones.bus.bench.measure.LatencyPairs;
import com.audiojones.bus.bench.measure.Pace;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** How long an event takes from publish to the receiver, and how many a second take less than a tenth of one. */
public final class EndToEndSuite implements Suite {

    private static final int RATE = 1_000;
    private static final double BAR = 1.5;
    private static final String BARE = "/ok/e2e/bare";
    private static final double MOST_MILLIS = 100;
    private static final double STEP = 1.25;
    private static final int MOST_PER_SECOND = 50_000;

    @Override
    public String name() {
        return "end-to-end";
    }

    @Override
    public String about() {
        return "latency from publish to receiver, and the highest rate";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("starting everything in one process, and a receiver");
        try (OneProcess all = OneProcess.start(options.bodyBytes())) {
            List<Figure> figures = new ArrayList<>(latency(all, options, progress));
            figures.add(Figure.alone(
                    "highest rate with p99 under " + (int) MOST_MILLIS + " ms",
                    "events/s",
                    highestRate(all, options, progress)));
            return new Report(name(), options.conditions(), figures);
        }
    }

    private static List<Figure> latency(OneProcess all, Options options, Consumer<String> progress)
            throws InterruptedException {
        try (BareChain bare =
                new BareChain(all.kafka(), all.receiver().url(BARE), options.bodyBytes(), options.concurrency())) {
            progress.accept("end-to-end: warming up");
            for (int sent = 0;
                    sent < options.warmUp();
                    sent += 2 * RATE * (int) options.time().toSeconds()) {
                pass(all, RATE, options, BARE, bare::send);
                pass(all, RATE, options, OneProcess.BUS, all::publish);
            }
            return new LatencyPairs("end-to-end latency at " + RATE + "/s", "bare chain", BAR, progress)
                    .run(
                            options.pairs(),
                            () -> pass(all, RATE, options, BARE, bare::send),
                            () -> pass(all, RATE, options, OneProcess.BUS, all::publish));
        }
    }

    private static double highestRate(OneProcess all, Options options, Consumer<String> progress)
            throws InterruptedException {
        int kept = 0;
        for (int rate = 2 * RATE; rate < MOST_PER_SECOND; rate = (int) (rate * STEP)) {
            Latencies latencies = pass(all, rate, options, OneProcess.BUS, all::publish);
            progress.accept(String.format(
                    Locale.ROOT,
                    "end-to-end at %d/s: p50 %.2f ms, p99 %.2f ms",
                    rate,
                    latencies.p50Millis(),
                    latencies.p99Millis()));
            if (latencies.p99Millis() > MOST_MILLIS) {
                break;
            }
            kept = rate;
        }
        return kept;
    }

    private static Latencies pass(OneProcess all, int rate, Options options, String path, Runnable send)
            throws InterruptedException {
        all.receiver().reset();
        int sent = Pace.run(rate, options.time(), step -> send.run());
        return Latencies.await(all.receiver(), path, sent);
    }
}
