package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.testkit.guarantee.Arrival;
import com.audiojones.bus.testkit.guarantee.AtLeastOnce;
import com.audiojones.bus.testkit.guarantee.Judgement;
import com.audiojones.bus.testkit.guarantee.Pair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a subscriber, again and again: every event is handled, the events of a key in their order, and no kill has
 * more handled twice than was not committed. {@code -Dajbus.long=true} runs the full size.
 */
class SubscriberKillIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 20_000 : 4_000;
    private static final int KILLS = LONG ? 10 : 3;
    private static final int KEYS = 50;
    private static final Duration END = Duration.ofSeconds(90);
    private static final String GROUP = "killed";

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtLeastOnce ledger = new AtLeastOnce("subscriber", seed);
    private final Map<String, Integer> lastOfKey = new HashMap<>();
    private final Set<String> handled = new HashSet<>();
    private final List<String> outOfOrder = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostAndOrderIsKept() throws Exception {
        try (TestBus bus = TestBus.start(directory)) {
            publish(bus);
            Map<String, Position> positions = positions(bus);
            for (int kill = 1; kill <= KILLS; kill++) {
                try (JavaProcess process = subscriber(bus.kafka())) {
                    awaitHandled(process, handled.size() + 1 + random.nextInt(EVENTS / (2 * KILLS)));
                    process.kill();
                    take(process);
                }
                ledger.marked("kill " + kill, System.nanoTime(), uncommitted(bus.kafka(), positions));
            }
            try (JavaProcess process = subscriber(bus.kafka())) {
                awaitHandled(process, EVENTS);
                process.kill();
                take(process);
            }

            Judgement judgement = ledger.judgement();
            System.out.println(judgement.summary());
            judgement.assertKept();
            assertThat(outOfOrder).isEmpty();
            assertThat(handled).hasSize(EVENTS);
            assertThat(judgement.published()).isEqualTo(EVENTS);
        }
    }

    /** A key has one priority: order is promised within a lane. */
    private void publish(TestBus bus) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            int key = i % KEYS;
            Priority priority = Priority.values()[key % 3];
            records.add(LaneRecords.of("e-" + i, "user.login", priority, "k-" + key));
        }
        bus.write(records);
        for (int i = 0; i < EVENTS; i++) {
            ledger.published("e-" + i, Set.of(GROUP));
        }
    }

    private record Position(TopicPartition partition, long offset) {}

    private static Map<String, Position> positions(TestBus bus) {
        Map<String, Position> positions = new HashMap<>();
        for (Lane lane : Lane.values()) {
            for (ConsumerRecord<byte[], byte[]> record : bus.records(lane.topic())) {
                String id = new String(record.headers().lastHeader("event-id").value(), UTF_8);
                positions.put(
                        id, new Position(new TopicPartition(record.topic(), record.partition()), record.offset()));
            }
        }
        return positions;
    }

    private static JavaProcess subscriber(KafkaSettings kafka) {
        return JavaProcess.start(SubscriberProcess.class.getName(), List.of(kafka.bootstrapServers(), GROUP), Map.of());
    }

    private void awaitHandled(JavaProcess process, int count) throws InterruptedException {
        long deadline = System.nanoTime() + END.toNanos();
        Set<String> all = new HashSet<>();
        do {
            Thread.sleep(50);
            all.clear();
            all.addAll(handled);
            process.output().stream()
                    .filter(line -> line.startsWith("handled "))
                    .forEach(line -> all.add(line.split(" ")[1]));
            if (System.nanoTime() > deadline) {
                throw new AssertionError("handled " + all.size() + " of " + count + ": "
                        + process.output()
                                .reversed()
                                .subList(0, Math.min(30, process.output().size())));
            }
        } while (all.size() < count);
    }

    private void take(JavaProcess process) {
        for (String line : process.output()) {
            if (line.startsWith("handled ") && line.split(" ").length == 3) {
                String id = line.split(" ")[1];
                String key = line.split(" ")[2];
                Pair pair = new Pair(id, GROUP);
                ledger.arrived(new Arrival(pair, pair.webhookId(), true, System.nanoTime()));
                if (handled.add(id)) {
                    int number = Integer.parseInt(id.substring(2));
                    int expected = lastOfKey.getOrDefault(key, number % KEYS - KEYS) + KEYS;
                    lastOfKey.put(key, number);
                    if (number != expected) {
                        outOfOrder.add(key + ": expected e-" + expected + ", got " + id);
                    }
                }
            }
        }
    }

    /** How many of those that were handled lie behind the committed positions. */
    private long uncommitted(KafkaSettings kafka, Map<String, Position> positions) throws Exception {
        try (Admin admin = Admin.create(kafka.admin("judge"))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return handled.stream()
                    .map(positions::get)
                    .filter(position -> {
                        OffsetAndMetadata known = committed.get(position.partition());
                        return known == null || position.offset() >= known.offset();
                    })
                    .count();
        }
    }
}
