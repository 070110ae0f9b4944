package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.launcher.LanePublisher.Sent;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.ScriptedReceiver.Request;
import com.audiojones.bus.testkit.guarantee.Arrival;
import com.audiojones.bus.testkit.guarantee.AtLeastOnce;
import com.audiojones.bus.testkit.guarantee.Judgement;
import com.audiojones.bus.testkit.guarantee.Pair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of dispatchers and of the broker, again and again, with hundreds of pairs under way: every acknowledged pair
 * is delivered or in the dead letters, and no kill makes more arrive twice than was uncommitted. {@code -Dajbus.long=true} runs the full size, {@code -Dajbus.seed} repeats a run.
 */
class LedgerIT {

    /** How much is done in one run. */
    private record Size(int pairs, int kills, int brokerRestarts) {}

    private static final Size SIZE = Boolean.getBoolean("ajbus.long") ? new Size(56_000, 20, 3) : new Size(8_000, 3, 1);
    private static final int FEWEST_UNFINISHED = 500;
    /** What the survivor and the victim may still finish between the decision and the death. */
    private static final int MARGIN = 600;

    private static final Duration END = Duration.ofSeconds(90);
    private static final Duration REACTION = Duration.ofSeconds(60);
    private static final Duration OUTAGE = Duration.ofSeconds(2);

    /** Every event goes to {@code quick} and {@code slow}; of ten events, two go to {@code moody}, one to {@code down}. */
    private static final double PAIRS_PER_EVENT = 2.3;

    private static final Map<String, Set<String>> WANTED_BY = Map.of(
            "ledger_plain", Set.of("quick", "slow"),
            "ledger_moody", Set.of("quick", "slow", "moody"),
            "ledger_down", Set.of("quick", "slow", "down"));

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtLeastOnce ledger = new AtLeastOnce("ledger", seed);
    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final Map<String, AtomicInteger> moods = new ConcurrentHashMap<>();
    private final List<JavaProcess> dispatchers = new ArrayList<>();
    private volatile long downUntilNanos = System.nanoTime();
    private int published;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void everyAcknowledgedPairIsDeliveredOrInTheDeadLetters() throws Exception {
        scriptReceiver();
        try (DispatcherCluster cluster = DispatcherCluster.start(directory, targets());
                LanePublisher publisher = new LanePublisher(cluster.kafka(), this::acknowledged);
                OutcomeTail outcomes = new OutcomeTail(cluster.kafka(), ledger)) {
            dispatchers.add(cluster.startDispatcher());
            dispatchers.add(cluster.startDispatcher());
            Set<Integer> restarts = roundsWithARestart();
            for (int round = 1; round <= SIZE.kills(); round++) {
                publishRound(publisher);
                killOne(round, cluster, publisher);
                if (restarts.contains(round)) {
                    restartBroker(round, cluster, publisher);
                }
                dispatchers.add(cluster.startDispatcher());
            }
            publishRound(publisher);
            publisher.flush();

            boolean complete = isReduced(0, END);

            Judgement judgement = ledger.judgement();
            System.out.println(judgement.summary() + ", quarantined " + outcomes.quarantined());
            judgement.assertKept();
            assertThat(complete).isTrue();
            assertThat(judgement.published()).isGreaterThanOrEqualTo(SIZE.pairs() * 9 / 10);
        }
    }

    private void publishRound(LanePublisher publisher) {
        downUntilNanos = System.nanoTime() + OUTAGE.toNanos();
        publishSome(publisher, (int) (SIZE.pairs() / PAIRS_PER_EVENT / (SIZE.kills() + 1)));
        publisher.flush();
    }

    private void publishSome(LanePublisher publisher, int events) {
        Priority[] priorities = Priority.values();
        for (int i = 0; i < events; i++) {
            String type =
                    switch (random.nextInt(10)) {
                        case 0 -> "ledger_down";
                        case 1, 2 -> "ledger_moody";
                        default -> "ledger_plain";
                    };
            publisher.publish("e-" + published++, type, priorities[random.nextInt(priorities.length)], null);
        }
    }

    /** At a random point of the round, with at least 500 pairs to go. */
    private void killOne(int round, DispatcherCluster cluster, LanePublisher publisher) throws InterruptedException {
        int left = FEWEST_UNFINISHED + MARGIN + random.nextInt(500);
        assertThat(isReduced(left, REACTION)).isTrue();
        JavaProcess victim = dispatchers.remove(random.nextInt(dispatchers.size()));
        long killedAt = System.nanoTime();
        victim.kill();
        int unfinished = ledger.unfinished();
        long window = uncommittedWindow(cluster, publisher);
        ledger.marked("kill " + round, killedAt, window);
        System.out.printf(
                "ledger, seed %d: kill %d with %d pairs unfinished, uncommitted window %d%n",
                seed, round, unfinished, window);
        assertThat(unfinished).isGreaterThanOrEqualTo(FEWEST_UNFINISHED);
    }

    /** With records on their way to it. */
    private void restartBroker(int round, DispatcherCluster cluster, LanePublisher publisher)
            throws InterruptedException {
        publishSome(publisher, 200);
        ledger.marked("broker restart after kill " + round, System.nanoTime());
        int unfinished = ledger.unfinished();
        cluster.killAndRestartBroker();
        publisher.flush();
        System.out.printf(
                "ledger, seed %d: broker restart after kill %d with %d pairs unfinished%n", seed, round, unfinished);
    }

    /**
     * Pairs that were accepted though their lane record is not committed, and records of the retry topics that are not: more
     * cannot arrive twice because of a kill. Read before anybody has taken over what the victim had; what it had sent has
     * arrived by then.
     */
    private long uncommittedWindow(DispatcherCluster cluster, LanePublisher publisher) throws InterruptedException {
        try (DispatcherGroups groups = new DispatcherGroups(cluster.kafka())) {
            Map<TopicPartition, Long> committed = groups.committed();
            long retried = groups.ends(groups.retryPartitions()).entrySet().stream()
                    .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                    .sum();
            return retried
                    + publisher.acknowledged().stream()
                            .filter(sent -> sent.offset() >= committed.getOrDefault(partition(sent), 0L))
                            .flatMap(sent -> targetsOf(sent).stream().map(target -> new Pair(sent.eventId(), target)))
                            .filter(ledger::isAccepted)
                            .count();
        }
    }

    private static TopicPartition partition(Sent sent) {
        return new TopicPartition(sent.lane().topic(), sent.partition());
    }

    private boolean isReduced(int unfinished, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (ledger.unfinished() > unfinished && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        return ledger.unfinished() <= unfinished;
    }

    private Set<Integer> roundsWithARestart() {
        Set<Integer> rounds = new TreeSet<>();
        while (rounds.size() < SIZE.brokerRestarts()) {
            rounds.add(1 + random.nextInt(SIZE.kills()));
        }
        return rounds;
    }

    private void acknowledged(Sent sent) {
        ledger.published(sent.eventId(), targetsOf(sent));
    }

    private static Set<String> targetsOf(Sent sent) {
        return WANTED_BY.getOrDefault(sent.eventType(), Set.of());
    }

    private void scriptReceiver() {
        receiver.handOn((request, answer) -> {
            Pair pair = new Pair(
                    LanePublisher.eventId(request.body()), request.path().substring(1));
            ledger.arrived(new Arrival(
                    pair, request.header("webhook-id"), answer.status() / 100 == 2, request.arrivedAtNanos()));
        });
        receiver.answer("/quick", request -> Answer.ok());
        receiver.answer("/slow", request -> Answer.ok().after(Duration.ofMillis(100)));
        receiver.answer("/moody", this::moody);
        receiver.answer("/down", request -> System.nanoTime() - downUntilNanos < 0 ? Answer.of(500) : Answer.ok());
    }

    /** One pair in five fails once or twice; which ones depends on the seed alone. */
    private Answer moody(Request request) {
        String id = String.valueOf(request.header("webhook-id"));
        int failures = Math.max(0, new Random(seed ^ id.hashCode()).nextInt(10) - 7);
        int attempt = moods.computeIfAbsent(id, unseen -> new AtomicInteger()).getAndIncrement();
        return attempt < failures ? Answer.of(500) : Answer.ok();
    }

    private List<Target> targets() {
        return List.of(
                target("quick", List.of()),
                target("slow", List.of()),
                target("moody", List.of(NamePattern.of("ledger_moody"))),
                target("down", List.of(NamePattern.of("ledger_down"))));
    }

    private Target target(String id, List<NamePattern> events) {
        return DispatcherCluster.target(id, receiver.url("/" + id), events);
    }
}
