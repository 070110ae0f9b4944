package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How fast lane records become deliveries, and how long one takes. */
public final class DispatchSuite implements Suite {

    @Override
    public String name() {
        return "dispatch";
    }

    @Override
    public String about() {
        return "deliveries per second, CPU time and latency from lane to receiver";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        progress.accept("starting a broker and a receiver");
        try (Lab lab = Lab.open()) {
            Throughput throughput = new Throughput(lab, options, progress);
            for (int targets : options.targets()) {
                figures.addAll(throughput.measure(targets));
            }
            figures.addAll(new Latency(lab, options, progress).measure());
        }
        return new Report(name(), options.conditions(), figures);
    }
}
