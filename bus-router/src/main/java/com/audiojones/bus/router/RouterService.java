package com.audiojones.bus.router;

import com.audiojones.bus.consume.BatchLoop;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Routes every ingest topic. Security and compliance have a loop, a consumer group and a producer of their own, so that
 * a flood on any other topic cannot delay them.
 */
public final class RouterService implements BusService {

    private static final List<String> URGENT_TOPICS = List.of("audit.security", "audit.compliance");
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final List<BatchLoop> loops = new ArrayList<>();
    private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();

    /** Opens the producers; {@link #start()} begins to route. */
    public RouterService(RouterSettings settings, KafkaSettings kafka, MeterRegistry metrics) {
        List<String> others = Topics.ingest().stream()
                .filter(topic -> !URGENT_TOPICS.contains(topic))
                .toList();
        addLoop("router", others, settings, kafka, metrics);
        addLoop("router-urgent", URGENT_TOPICS, settings, kafka, metrics);
    }

    private void addLoop(
            String loop, List<String> topics, RouterSettings settings, KafkaSettings kafka, MeterRegistry metrics) {
        String client = "ajbus-" + loop;
        Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer(client));
        producers.add(producer);
        loops.add(new BatchLoop(
                loop,
                kafka.consumer(client, client),
                topics,
                settings.batchRecords(),
                new RoutingHandler(producer, metrics)));
    }

    @Override
    public String name() {
        return "router";
    }

    @Override
    public void start() {
        loops.forEach(BatchLoop::start);
    }

    @Override
    public List<String> notReady() {
        return loops.stream().flatMap(loop -> loop.notReady().stream()).toList();
    }

    @Override
    public void close() {
        loops.forEach(BatchLoop::close);
        producers.forEach(producer -> producer.close(CLOSE_TIMEOUT));
    }
}
