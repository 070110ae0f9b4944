package com.audiojones.bus.sink;

import com.audiojones.bus.consume.BatchLoop;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Mirrors lanes, deliveries, dead letters, quarantine, status and statistics into the store. While the store is away it waits, not ready, and
 * goes on where it was.
 */
public final class SinkService implements BusService {

    private static final String CLIENT = "ajbus-sink";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Producer<byte[], byte[]> producer;
    private final BatchLoop loop;

    /** Opens the producer; {@link #start()} begins to mirror. The store stays open. */
    public SinkService(SinkSettings settings, KafkaSettings kafka, EventStore store, MeterRegistry metrics) {
        this.producer = new KafkaProducer<>(kafka.producer(CLIENT));
        SinkMeters meters = new SinkMeters(metrics);
        this.loop = new BatchLoop(
                "sink",
                kafka.consumer(CLIENT, CLIENT),
                topics(),
                settings.batchRecords(),
                new MirroringHandler(store, producer, meters));
        meters.watch(loop::lag);
    }

    private static List<String> topics() {
        return Stream.concat(
                        Arrays.stream(Lane.values()).map(Lane::topic),
                        Stream.of(
                                Topics.DELIVERIES,
                                Topics.DEAD_LETTERS,
                                Topics.QUARANTINE,
                                Topics.EVENT_STATUS,
                                Topics.STATS))
                .toList();
    }

    @Override
    public String name() {
        return loop.name();
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public List<String> notReady() {
        return loop.notReady();
    }

    @Override
    public void close() {
        loop.close();
        producer.close(CLOSE_TIMEOUT);
    }
}
