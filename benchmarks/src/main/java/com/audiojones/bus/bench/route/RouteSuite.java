package com.audiojones.bus.bench.route;

import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.bench.measure.Latencies;
import com.audiojones.bus.bench.measure.LatencyPairs;
import com.audiojones.bus.bench.measure.Pace;
import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How fast published events get to their lanes, beside a loop that only reads, decodes, encodes and writes. */
public final class RouteSuite implements Suite {

    static final String TOPIC = "audit.user";

    private static final double LATENCY_BAR = 2;
    private static final double FLOOD_BAR = 1.5;
    private static final int RATE = 1_000;
    private static final int URGENT_RATE = 100;
    private static final int FLOOD = 10;
    private static final String URGENT_TOPIC = "audit.security";
    private static final String FLOODED_TOPIC = "audit.task";

    @Override
    public String name() {
        return "route";
    }

    @Override
    public String about() {
        return "events per second, CPU time and latency from ingest topic to lane";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("starting a broker");
        try (Lab lab = Lab.open();
                RouteEvents events = new RouteEvents(lab.kafka(), options.bodyBytes())) {
            BareLoop.createTopics(lab.kafka());
            List<Figure> figures =
                    new ArrayList<>(new RouteThroughput(lab.kafka(), events, options, progress).measure());
            try (RunningRouter router = new RunningRouter(lab.kafka())) {
                router.awaitReady();
                figures.addAll(latency(lab.kafka(), events, options, progress));
                figures.addAll(flood(lab.kafka(), events, options, progress));
            }
            return new Report(name(), options.conditions(), figures);
        }
    }

    private static List<Figure> latency(
            KafkaSettings kafka, RouteEvents events, Options options, Consumer<String> progress)
            throws InterruptedException {
        try (BareLoop _ = new BareLoop(kafka, BareLoop.ends(kafka));
                TopicTail lane = new TopicTail(kafka, Lane.STANDARD.topic());
                TopicTail out = new TopicTail(kafka, BareLoop.OUT)) {
            LatencyPairs.Pass own = () -> pass(lane, options.time(), () -> events.send(TOPIC, Priority.P1));
            LatencyPairs.Pass other = () -> pass(out, options.time(), () -> events.send(BareLoop.IN, Priority.P1));
            progress.accept("route latency: warming up");
            other.run();
            own.run();
            return new LatencyPairs("route latency at " + RATE + "/s", "bare loop", LATENCY_BAR, progress)
                    .run(options.pairs(), other, own);
        }
    }

    private static Latencies pass(TopicTail tail, Duration time, Runnable send) throws InterruptedException {
        tail.reset();
        return tail.await(Pace.run(RATE, time, step -> send.run()));
    }

    /** A producer for each: a broker answers one request of a connection at a time. */
    private static List<Figure> flood(
            KafkaSettings kafka, RouteEvents events, Options options, Consumer<String> progress)
            throws InterruptedException {
        try (RouteEvents others = new RouteEvents(kafka, options.bodyBytes());
                TopicTail urgent = new TopicTail(kafka, Lane.HIGH.topic());
                TopicTail flooded = new TopicTail(kafka, Lane.LOW.topic())) {
            LatencyPairs.Pass calm = () -> beside(1, events, others, urgent, flooded, options.time());
            LatencyPairs.Pass flood = () -> beside(FLOOD, events, others, urgent, flooded, options.time());
            return new LatencyPairs("route of P0 in a flood of P3", "without the flood", FLOOD_BAR, progress)
                    .run(options.pairs(), calm, flood);
        }
    }

    private static Latencies beside(
            int othersPerUrgent,
            RouteEvents events,
            RouteEvents others,
            TopicTail urgent,
            TopicTail flooded,
            Duration time)
            throws InterruptedException {
        urgent.reset();
        flooded.reset();
        int rate = URGENT_RATE * othersPerUrgent;
        Thread flooding = Thread.ofPlatform()
                .name("flood")
                .start(() -> Pace.run(rate, time, step -> others.send(FLOODED_TOPIC, Priority.P3)));
        int sent = Pace.run(URGENT_RATE, time, step -> events.send(URGENT_TOPIC, Priority.P0));
        flooding.join();
        Latencies latencies = urgent.await(sent);
        flooded.await(Math.toIntExact(rate * time.toSeconds()));
        return latencies;
    }
}
