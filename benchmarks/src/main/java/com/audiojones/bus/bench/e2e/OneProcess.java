package com.audiojones.bus.bench.e2e;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.bench.dispatch.BenchTargets;
import com.audiojones.bus.bench.dispatch.RunningDispatcher;
import com.audiojones.bus.bench.receiver.Receiver;
import com.audiojones.bus.bench.receiver.TimedBody;
import com.audiojones.bus.bench.route.RunningRouter;
import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.publish.ActorType;
import com.audiojones.bus.publish.AuditEvent;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Broker, router, dispatcher and publisher in this process; the receiver in one of its own. */
final class OneProcess implements AutoCloseable {

    static final String BUS = "/ok/e2e/bus";

    private static final String TYPE = "user.action.bench";
    private static final int ENVELOPE_BYTES = 220;

    private final Path directory;
    private final EmbeddedBroker broker;
    private final Receiver receiver;
    private final RunningRouter router;
    private final RunningDispatcher dispatcher;
    private final EventBus bus;
    private final String padding;

    private OneProcess(Path directory, int bodyBytes) throws IOException, InterruptedException {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        new TopicAdmin(kafka(), TopicSizes.EMBEDDED).ensure();
        this.receiver = Receiver.start(directory);
        try (BenchTargets targets = new BenchTargets(kafka())) {
            targets.add("e2e", receiver.url(BUS), "audit.user.action.bench");
            targets.complete();
        }
        this.router = new RunningRouter(kafka());
        this.dispatcher = RunningDispatcher.start(kafka());
        this.bus = EventBus.connect(EventBusSettings.of(broker.bootstrapServers(), "bench"));
        this.padding = "x".repeat(Math.max(1, bodyBytes - ENVELOPE_BYTES));
    }

    /** Starts everything; blocks until it is ready. */
    static OneProcess start(int bodyBytes) throws IOException, InterruptedException {
        OneProcess all = new OneProcess(Files.createTempDirectory("ajbus-bench"), bodyBytes);
        all.router.awaitReady();
        all.dispatcher.awaitReady();
        return all;
    }

    /** How the broker is reached. */
    KafkaSettings kafka() {
        return new KafkaSettings(broker.bootstrapServers(), Map.of());
    }

    /** The receiver. */
    Receiver receiver() {
        return receiver;
    }

    /** Publishes one event that says when that was; returns at once. */
    void publish() {
        AuditEvent event = AuditEvent.ofType(TYPE)
                .actor("bench", ActorType.SYSTEM)
                .data(new Timed(TimedBody.now(), padding))
                .key(Long.toString(System.nanoTime()))
                .build();
        var _ = bus.publish(event);
    }

    /** What the receiver looks for. */
    private record Timed(long sent, String padding) {}

    @Override
    public void close() throws IOException {
        bus.close();
        router.close();
        dispatcher.close();
        receiver.close();
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
