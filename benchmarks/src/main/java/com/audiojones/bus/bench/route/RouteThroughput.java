package com.audiojones.bus.bench.route;

import com.audiojones.bus.bench.measure.ArrivalWindow;
import com.audiojones.bus.bench.measure.ArrivalWindow.Speed;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Figure.Better;
import com.audiojones.bus.bench.report.Series;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.topic.TopicSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.TopicPartition;

/** Events a second and CPU time. Everything is preloaded; a pass of each warms up and does not count. */
final class RouteThroughput {

    /** Seven tenths of the rate of the bare loop. */
    private static final double BAR = 1 / 0.7;

    private static final String BARE = "read, decode, encode, write";

    private final KafkaSettings kafka;
    private final RouteEvents events;
    private final Options options;
    private final Consumer<String> progress;

    RouteThroughput(KafkaSettings kafka, RouteEvents events, Options options, Consumer<String> progress) {
        this.kafka = kafka;
        this.events = events;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> measure() throws InterruptedException {
        List<Speed> own = new ArrayList<>();
        List<Speed> bare = new ArrayList<>();
        for (int pass = 0; pass <= options.pairs(); pass++) {
            int count = pass == 0 ? options.warmUp() : options.events();
            Speed other = passOfTheLoop(count);
            Speed router = passOfTheRouter(count);
            progress.accept(String.format(
                    Locale.ROOT,
                    "route, %s: router %.0f/s, bare loop %.0f/s; CPU-s per 10,000: %.2f, %.2f",
                    pass == 0 ? "warm-up" : "pair " + pass,
                    router.perSecond(),
                    other.perSecond(),
                    router.cpuSeconds(),
                    other.cpuSeconds()));
            if (pass > 0) {
                own.add(router);
                bare.add(other);
            }
        }
        return List.of(
                new Figure(
                        "route, events",
                        "events/s",
                        Better.MORE,
                        series(own, Speed::perSecond),
                        series(bare, Speed::perSecond),
                        BARE,
                        BAR),
                new Figure(
                        "route, CPU",
                        "CPU-s per 10,000",
                        Better.LESS,
                        series(own, Speed::cpuSeconds),
                        series(bare, Speed::cpuSeconds),
                        BARE,
                        null));
    }

    private Speed passOfTheRouter(int count) throws InterruptedException {
        try (TopicEnd lane = new TopicEnd(kafka, Lane.STANDARD.topic(), TopicSizes.EMBEDDED.lanePartitions())) {
            events.preload(count, RouteSuite.TOPIC);
            try (RunningRouter _ = new RunningRouter(kafka)) {
                return new ArrivalWindow(lane::count).await(count);
            }
        }
    }

    private Speed passOfTheLoop(int count) throws InterruptedException {
        try (TopicEnd out = new TopicEnd(kafka, BareLoop.OUT, BareLoop.OUT_PARTITIONS)) {
            Map<TopicPartition, Long> positions = BareLoop.ends(kafka);
            events.preload(count, BareLoop.IN);
            try (BareLoop _ = new BareLoop(kafka, positions)) {
                return new ArrivalWindow(out::count).await(count);
            }
        }
    }

    private static Series series(List<Speed> passes, ToDoubleFunction<Speed> value) {
        return new Series(passes.stream().mapToDouble(value).boxed().toList());
    }
}
