package com.audiojones.bus.bench.measure;

import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Figure.Better;
import com.audiojones.bus.bench.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Runs two kinds of passes in turn and compares the medians of their percentiles. */
public final class LatencyPairs {

    private final String name;
    private final String comparedWith;
    private final double bar;
    private final Consumer<String> progress;
    private final List<Latencies> measured = new ArrayList<>();
    private final List<Latencies> compared = new ArrayList<>();

    /** One pass. */
    public interface Pass {
        /** Blocks until it is through. */
        Latencies run() throws InterruptedException;
    }

    /** Names what is measured, what it is compared with, and how many times as slow its p99 may be. */
    public LatencyPairs(String name, String comparedWith, double bar, Consumer<String> progress) {
        this.name = name;
        this.comparedWith = comparedWith;
        this.bar = bar;
        this.progress = progress;
    }

    /** Runs so many pairs of passes. */
    public List<Figure> run(int pairs, Pass other, Pass own) throws InterruptedException {
        for (int pair = 1; pair <= pairs; pair++) {
            Latencies without = other.run();
            Latencies with = own.run();
            compared.add(without);
            measured.add(with);
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s, pair %d of %d: p99 %.2f ms, %s %.2f ms",
                    name,
                    pair,
                    pairs,
                    with.p99Millis(),
                    comparedWith,
                    without.p99Millis()));
        }
        return List.of(figure("p50", Latencies::p50Millis, null), figure("p99", Latencies::p99Millis, bar));
    }

    private Figure figure(String which, ToDoubleFunction<Latencies> value, @Nullable Double bar) {
        return new Figure(
                name + ", " + which,
                "ms",
                Better.LESS,
                series(measured, value),
                series(compared, value),
                comparedWith,
                bar);
    }

    private static Series series(List<Latencies> passes, ToDoubleFunction<Latencies> value) {
        return new Series(passes.stream().mapToDouble(value).boxed().toList());
    }
}
