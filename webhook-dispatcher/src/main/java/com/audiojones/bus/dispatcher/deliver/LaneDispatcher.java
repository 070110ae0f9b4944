package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.LoopLimits;
import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.dispatcher.http.HttpSender;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.service.BusVersion;
import com.audiojones.bus.topic.RetryTier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Delivers one lane and its retries: two loops, an engine, a producer and connections of its own. Lanes share nothing but
 * what is known about targets.
 */
final class LaneDispatcher implements BusService {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMillis(1_500);

    /** A full buffer must not hold up the engine for long: what is not taken is written again later. */
    private static final int MAX_BLOCK_MILLIS = 250;

    /** Nobody waits for an outcome but the next commit; written a few at a time they cost a fraction. */
    private static final int LINGER_MILLIS = 5;

    /** Room for what comes within the linger time at full speed: fewer requests, each of which costs. */
    private static final int BATCH_BYTES = 64 * 1024;

    private final Lane lane;
    private final List<PartitionLoop> loops;
    private final LaneCycle cycle;
    private final DurableWriter outcomes;
    private final HttpSender sender;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService timer;

    /**
     * Opens the lane's producer and connections; {@link #start()} begins to deliver.
     *
     * @param engineHasFailed told by the engine's thread of a defect that ended it
     */
    LaneDispatcher(
            Lane lane,
            LaneSettings settings,
            KafkaSettings kafka,
            LaneShared shared,
            LaneMeters meters,
            Clock clock,
            Consumer<RuntimeException> engineHasFailed) {
        String client = "ajbus-dispatcher-" + lane.label();
        this.lane = lane;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(client + "-timer").daemon().factory());
        this.sender = new HttpSender(settings.addresses().guard(), BusVersion.current(), settings.permits(lane));
        Map<String, Object> producing = kafka.producer(client);
        producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        producing.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        producing.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        this.producer = new KafkaProducer<>(producing);
        this.outcomes = new DurableWriter(producer, timer, Oversize::quarantined);
        Simulator simulator = settings.simulate() ? new Simulator(timer, new Random()) : null;
        this.cycle = new LaneCycle(
                new LaneParts(
                        lane,
                        settings.permits(lane),
                        shared,
                        new Attempt(sender, simulator, settings.requestTimeout(), clock),
                        outcomes,
                        new RetrySchedule(shared.live(), new Random()),
                        meters,
                        clock),
                engineHasFailed);
        LoopLimits limits = new LoopLimits(
                settings.windowRecords(),
                settings.windowBytes(),
                lane == Lane.HIGH ? Duration.ofMillis(200) : Duration.ofSeconds(1),
                GRACE);
        String retryClient = client + "-retry";
        this.loops = List.of(
                new PartitionLoop(
                        "dispatcher-" + lane.label(),
                        kafka.consumer(client, client),
                        List.of(lane.topic()),
                        limits,
                        cycle.laneIntake()),
                new PartitionLoop(
                        "dispatcher-" + lane.label() + "-retry",
                        kafka.consumer(retryClient, retryClient),
                        RetryTier.topics(lane),
                        limits,
                        cycle.retryIntake()));
    }

    @Override
    public String name() {
        return "dispatcher-" + lane.label();
    }

    @Override
    public void start() {
        cycle.start();
        loops.forEach(PartitionLoop::start);
    }

    @Override
    public List<String> notReady() {
        String trouble =
                cycle.hasEnded() ? "its engine has ended by an error, restart the process" : outcomes.trouble();
        Stream<String> own = trouble == null ? Stream.empty() : Stream.of(name() + ": " + trouble);
        return Stream.concat(own, loops.stream().flatMap(loop -> loop.notReady().stream()))
                .toList();
    }

    /** How many pairs of this lane wait in memory for a target. Any thread; as good as a moment ago. */
    int waiting(String targetId) {
        return cycle.waiting(targetId);
    }

    @Override
    public void close() {
        BusService.closeTogether(loops);
        // What the closing connections report is no outcome and must not be written as one.
        outcomes.close();
        cycle.close();
        producer.close(CLOSE_TIMEOUT);
        sender.close();
        timer.shutdownNow();
    }
}
