package com.audiojones.bus.router;

import com.audiojones.bus.consume.CommitTogether;
import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.LoopLimits;
import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** One loop over some ingest topics, with a consumer group and producers of its own. */
final class RouterLoop implements BusService {

    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /** A full buffer must not hold up polling for long: what is not taken is written again later. */
    private static final int MAX_BLOCK_MILLIS = 250;

    /**
     * A lane record is twice an event, and of the client's default batches a dozen fill one: with eight times as much the
     * loop routes a fifth more. A batch goes out when the one before is acknowledged, so nothing waits for it to fill.
     */
    private static final int BATCH_BYTES = 128 * 1024;

    private final String name;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService timer;
    private final DurableWriter writer;
    private final PartitionLoop loop;

    RouterLoop(String name, List<String> topics, RouterParts parts) {
        String client = "ajbus-" + name;
        KafkaSettings kafka = parts.kafka();
        this.name = name;
        this.producer = new KafkaProducer<>(producing(kafka, client));
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name + "-timer").daemon().factory());
        this.writer = new DurableWriter(producer, timer, (record, failure) -> record);
        DecisionLedger ledger = new DecisionLedger();
        this.loop = new PartitionLoop(
                name,
                kafka.consumer(client, client),
                topics,
                new LoopLimits(
                        parts.settings().windowRecords(), parts.settings().windowBytes(), COMMIT_EVERY, GRACE),
                new RoutingHandler(
                        writer,
                        ledger,
                        parts.live(),
                        () -> parts.live().loaded().isDone(),
                        parts.meters(),
                        parts.clock()),
                new CommitTogether(kafka.producer(client + "-commits"), ledger));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public List<String> notReady() {
        String trouble = writer.trouble();
        Stream<String> own = trouble == null ? Stream.empty() : Stream.of(name + ": " + trouble);
        return Stream.concat(own, loop.notReady().stream()).toList();
    }

    @Override
    public void close() {
        loop.close();
        writer.close();
        producer.close(CLOSE_TIMEOUT);
        timer.shutdownNow();
    }

    private static Map<String, Object> producing(KafkaSettings kafka, String client) {
        Map<String, Object> config = kafka.producer(client);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        return config;
    }
}
