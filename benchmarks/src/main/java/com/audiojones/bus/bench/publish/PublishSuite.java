package com.audiojones.bus.bench.publish;

import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.measure.Latencies;
import com.audiojones.bus.bench.measure.LatencyPairs;
import com.audiojones.bus.bench.measure.Pace;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Figure.Better;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.report.Series;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How fast events are published by the SDK, beside a producer that writes the same JSON and checks nothing. */
public final class PublishSuite implements Suite {

    static final String TOPIC = "audit.user";
    static final String TYPE = "user.action.task.created";
    static final String ACTOR = "bench";

    /** Nine tenths of the rate of the bare producer. */
    private static final double BAR = 1 / 0.9;

    private static final double LATENCY_BAR = 1.5;
    private static final int RATE = 1_000;
    private static final int ENVELOPE_BYTES = 170;
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final String BARE = "Jackson and a bare producer";

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public String about() {
        return "events per second and latency until they are durable, by the SDK";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("starting a broker");
        Map<String, String> data = Map.of("padding", "x".repeat(Math.max(1, options.bodyBytes() - ENVELOPE_BYTES)));
        try (Lab lab = Lab.open();
                Publishing own = new SdkPublishing(lab.kafka(), DEADLINE, data);
                Publishing bare = new BarePublishing(lab.kafka(), DEADLINE, data)) {
            List<Figure> figures = new ArrayList<>(List.of(throughput(own, bare, options, progress)));
            figures.addAll(new LatencyPairs("publish latency at " + RATE + "/s", BARE, LATENCY_BAR, progress)
                    .run(options.pairs(), () -> paced(bare, options.time()), () -> paced(own, options.time())));
            return new Report(name(), options.conditions(), figures);
        }
    }

    private static Figure throughput(Publishing own, Publishing bare, Options options, Consumer<String> progress)
            throws InterruptedException {
        List<Double> sdk = new ArrayList<>();
        List<Double> ceiling = new ArrayList<>();
        for (int pass = 0; pass <= options.pairs(); pass++) {
            int count = pass == 0 ? options.warmUp() : options.events();
            double other = perSecond(bare, count);
            double measured = perSecond(own, count);
            progress.accept(String.format(
                    Locale.ROOT,
                    "publish, %s: SDK %.0f/s, bare producer %.0f/s",
                    pass == 0 ? "warm-up" : "pair " + pass,
                    measured,
                    other));
            if (pass > 0) {
                sdk.add(measured);
                ceiling.add(other);
            }
        }
        return new Figure("publish, events", "events/s", Better.MORE, new Series(sdk), new Series(ceiling), BARE, BAR);
    }

    private static double perSecond(Publishing publishing, int count) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            publishing.publish(any -> open.countDown());
        }
        await(open);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    /** From the call of publish to the acknowledgement. */
    private static Latencies paced(Publishing publishing, Duration time) throws InterruptedException {
        int count = Math.toIntExact(RATE * time.toSeconds());
        long[] nanos = new long[count];
        CountDownLatch open = new CountDownLatch(count);
        int sent = Pace.run(RATE, time, step -> {
            long begin = System.nanoTime();
            publishing.publish(at -> {
                nanos[step] = at - begin;
                open.countDown();
            });
        });
        if (sent != count) {
            throw new IllegalStateException("expected " + count + " steps, got " + sent);
        }
        await(open);
        Arrays.sort(nanos);
        return Latencies.of(nanos);
    }

    private static void await(CountDownLatch open) throws InterruptedException {
        if (!open.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "expected every event to be acknowledged, but " + open.getCount() + " were not");
        }
    }
}
