package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.ScriptedReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the whole bus at random moments under load: whatever was acknowledged arrives. */
class KillIT {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final String KEY = "an-admin-key-of-the-test";
    private static final int ROUNDS = 3;
    private static final int EVENTS_PER_ROUND = 1_500;

    @TempDir
    private Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final Set<String> acknowledged = new TreeSet<>();
    private JavaProcess process;

    @AfterEach
    void close() {
        process.close();
        receiver.close();
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        long seed = Long.getLong("ajbus.seed", System.nanoTime());
        Random random = new Random(seed);
        Endpoints bus = startBus();
        addTarget(bus);
        for (int round = 0; round < ROUNDS; round++) {
            publishAndKill(bus.kafka(), round, random);
            bus = startBus();
        }

        Map<String, Integer> arrivals = awaitArrivals();

        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(arrivals.keySet());
        int duplicates = arrivals.values().stream().mapToInt(count -> count - 1).sum();
        System.out.printf(
                "kill -9 x %d, seed %d: acknowledged %d, lost %d, duplicates %d%n",
                ROUNDS, seed, acknowledged.size(), lost.size(), duplicates);
        assertThat(lost).isEmpty();
    }

    private record Endpoints(String kafka, String http) {}

    private Endpoints startBus() throws InterruptedException {
        process = JavaProcess.start(
                "com.audiojones.bus.launcher.Main",
                List.of("dev", "--data", directory.toString(), "--kafka-port", "0", "--http-port", "0"),
                Map.of("ADMIN_KEY", KEY));
        process.awaitLine(Pattern.compile("^ready in \\d+ ms$"), START);
        String kafka = process.awaitLine(Pattern.compile("^Kafka +"), START).replaceFirst("^Kafka +", "");
        String http = process.awaitLine(Pattern.compile("^Admin API +"), START)
                .replaceFirst("^Admin API +(http://[^/]+)/.*", "$1");
        return new Endpoints(kafka, http);
    }

    private void addTarget(Endpoints bus) throws Exception {
        try (AdminCalls admin = new AdminCalls(bus.http(), KEY)) {
            assertThat(admin.post("targets", "{\"url\":\"" + receiver.url("/") + "\"}")
                            .status())
                    .isEqualTo(201);
        }
    }

    private void publishAndKill(String kafka, int round, Random random) throws InterruptedException {
        int killAfter = EVENTS_PER_ROUND / 2 + random.nextInt(EVENTS_PER_ROUND / 2);
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (TestPublisher publisher = new TestPublisher(kafka)) {
            for (int i = 0; i < killAfter; i++) {
                String id = "e-" + round + "-" + i;
                sent.put(id, publisher.publish("events.status", event(id)));
            }
            awaitSome(sent, killAfter / 2);
            process.kill();
        }
        sent.forEach((id, ack) -> {
            if (isAcknowledged(ack)) {
                acknowledged.add(id);
            }
        });
    }

    /** The kill is to hit a bus that is at work, with part of the events through and part not. */
    private static void awaitSome(Map<String, Future<RecordMetadata>> sent, int count) throws InterruptedException {
        List<Future<RecordMetadata>> acks = new ArrayList<>(sent.values());
        for (Future<RecordMetadata> ack : acks.subList(0, count)) {
            try {
                ack.get(30, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("the bus took no events", e);
            }
        }
    }

    private static boolean isAcknowledged(Future<RecordMetadata> ack) {
        return ack.isDone() && ack.state() == Future.State.SUCCESS;
    }

    private Map<String, Integer> awaitArrivals() throws InterruptedException {
        long deadline = System.nanoTime() + ARRIVAL.toNanos();
        Map<String, Integer> arrivals = arrivals();
        while (!arrivals.keySet().containsAll(acknowledged) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            arrivals = arrivals();
        }
        return arrivals;
    }

    private Map<String, Integer> arrivals() {
        Pattern id = Pattern.compile("\"event_id\":\"(e-[0-9-]+)\"");
        return receiver.requests().stream()
                .map(request -> id.matcher(request.body())
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .collect(Collectors.toMap(found -> found, found -> 1, Integer::sum));
    }

    private static String event(String id) {
        return "{\"event_id\":\"" + id
                + "\",\"event_type\":\"status_change\",\"payload\":{\"from\":\"a\",\"to\":\"b\"}}";
    }
}
