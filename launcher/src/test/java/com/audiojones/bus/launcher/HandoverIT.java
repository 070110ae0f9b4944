package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.launcher.LanePublisher.Sent;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.guarantee.Arrival;
import com.audiojones.bus.testkit.guarantee.AtLeastOnce;
import com.audiojones.bus.testkit.guarantee.Judgement;
import com.audiojones.bus.testkit.guarantee.Pair;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two dispatchers goes under steady load on every lane partition, and the other takes over its partitions. What
 * it owned is read from the broker's groups before. {@code -Dajbus.seed} chooses the same one again.
 */
class HandoverIT {

    private static final Duration HANDOVER = Duration.ofSeconds(5);
    private static final Duration TAKEOVER = Duration.ofSeconds(10);
    private static final Duration AFTERWARDS = Duration.ofSeconds(13);
    private static final Duration END = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String TARGET = "steady";

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtLeastOnce ledger = new AtLeastOnce("handover", seed);
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final ScriptedReceiver receiver = ScriptedReceiver.start();

    @TempDir
    private Path directory;

    /** The two dispatchers, and what each of them owned when the load began. */
    private record Two(JavaProcess leaving, Set<TopicPartition> leavingOwned) {}

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aStoppedDispatcherHandsOverWithinFiveSecondsAndRepeatsNothingSettled() throws Exception {
        try (DispatcherCluster cluster = startCluster();
                LanePublisher publisher = publisher(cluster);
                DispatcherGroups groups = new DispatcherGroups(cluster.kafka());
                OutcomeTail outcomes = new OutcomeTail(cluster.kafka(), ledger)) {
            Two two = startTwo(cluster, groups);
            long settledBefore;
            long stoppedAt;
            try (SteadyLoad load = new SteadyLoad(publisher)) {
                load.awaitSent(1_000 + random.nextInt(500));
                settledBefore = deliveriesEnd(groups);
                stoppedAt = System.nanoTime();
                ledger.marked("stop", stoppedAt);
                two.leaving().stop(STOP);
                load.awaitUntil(stoppedAt + AFTERWARDS.toNanos());
            }
            awaitEverything(publisher);

            Judgement judgement = ledger.judgement();
            Duration gap = longestGap(two.leavingOwned(), stoppedAt, publisher);
            long repeated = repeated(settled(outcomes, settledBefore));
            System.out.printf(
                    "%s; stopped with %d lane partitions: longest gap in one of them %d ms, settled before and repeated %d%n",
                    judgement.summary(), two.leavingOwned().size(), gap.toMillis(), repeated);
            judgement.assertKept();
            assertThat(repeated).isZero();
            assertThat(gap).isLessThan(HANDOVER);
        }
    }

    @Test
    void aKilledDispatcherIsReplacedWithinTenSeconds() throws Exception {
        try (DispatcherCluster cluster = startCluster();
                LanePublisher publisher = publisher(cluster);
                DispatcherGroups groups = new DispatcherGroups(cluster.kafka())) {
            Two two = startTwo(cluster, groups);
            long killedAt;
            try (SteadyLoad load = new SteadyLoad(publisher)) {
                load.awaitSent(1_000 + random.nextInt(500));
                two.leaving().kill();
                killedAt = System.nanoTime();
                ledger.marked("kill -9", killedAt);
                load.awaitUntil(killedAt + AFTERWARDS.toNanos());
            }
            awaitEverything(publisher);

            Judgement judgement = ledger.judgement();
            List<Duration> takeovers = takeovers(two.leavingOwned(), killedAt, publisher);
            System.out.printf(
                    "%s; killed with %d lane partitions: taken over after %d ms (first) to %d ms (last)%n",
                    judgement.summary(),
                    two.leavingOwned().size(),
                    takeovers.getFirst().toMillis(),
                    takeovers.getLast().toMillis());
            judgement.assertKept();
            assertThat(takeovers).hasSameSizeAs(two.leavingOwned());
            assertThat(takeovers.getLast()).isLessThan(TAKEOVER);
        }
    }

    private DispatcherCluster startCluster() throws Exception {
        receiver.answer(request -> Answer.ok());
        receiver.handOn((request, answer) -> {
            Pair pair = new Pair(LanePublisher.eventId(request.body()), TARGET);
            Arrival arrival = new Arrival(pair, request.header("webhook-id"), true, request.arrivedAtNanos());
            arrivals.add(arrival);
            ledger.arrived(arrival);
        });
        return DispatcherCluster.start(
                directory, List.of(DispatcherCluster.target(TARGET, receiver.url("/"), List.of())));
    }

    private LanePublisher publisher(DispatcherCluster cluster) {
        return new LanePublisher(cluster.kafka(), sent -> ledger.published(sent.eventId(), List.of(TARGET)));
    }

    /** The members that are there before the second one starts are the first one's. */
    private Two startTwo(DispatcherCluster cluster, DispatcherGroups groups) throws InterruptedException {
        JavaProcess first = cluster.startDispatcher();
        Set<String> firstMembers = groups.owners().keySet();
        JavaProcess second = cluster.startDispatcher();
        boolean firstLeaves = random.nextBoolean();
        Map<Boolean, Set<TopicPartition>> owned = new HashMap<>();
        await().atMost(END).until(() -> {
            owned.clear();
            groups.owners().forEach((member, partitions) -> owned.computeIfAbsent(
                            firstMembers.contains(member), side -> new HashSet<>())
                    .addAll(partitions));
            return owned.size() == 2
                    && owned.values().stream().mapToInt(Set::size).sum() == 3 * DispatcherCluster.LANE_PARTITIONS;
        });
        return new Two(firstLeaves ? first : second, Objects.requireNonNull(owned.get(firstLeaves)));
    }

    private static long deliveriesEnd(DispatcherGroups groups) throws InterruptedException {
        TopicPartition deliveries = new TopicPartition(Topics.DELIVERIES, 0);
        return Objects.requireNonNull(groups.ends(Set.of(deliveries)).get(deliveries));
    }

    /** Until everything sent was answered for by the broker, and everything acknowledged has arrived. */
    private void awaitEverything(LanePublisher publisher) {
        publisher.flush();
        await().atMost(END).until(() -> ledger.unfinished() == 0);
    }

    /** Pairs whose delivery stood in {@code webhook.deliveries} below an offset. */
    private static Set<Pair> settled(OutcomeTail outcomes, long belowOffset) {
        Set<Pair> settled = new HashSet<>();
        outcomes.delivered().forEach((pair, offset) -> {
            if (offset < belowOffset) {
                settled.add(pair);
            }
        });
        assertThat(settled).isNotEmpty();
        return settled;
    }

    private long repeated(Set<Pair> pairs) {
        Set<Pair> seen = new HashSet<>();
        return arrivals.stream()
                .filter(arrival -> !seen.add(arrival.pair()) && pairs.contains(arrival.pair()))
                .count();
    }

    /** The longest time without a delivery in any one of the partitions, from the stop to the end of the load. */
    private Duration longestGap(Set<TopicPartition> partitions, long fromNanos, LanePublisher publisher) {
        Map<String, TopicPartition> places = new HashMap<>();
        publisher.acknowledged().forEach(sent -> places.put(sent.eventId(), place(sent)));
        Map<TopicPartition, Long> last = new HashMap<>();
        long longest = 0;
        for (Arrival arrival : arrivals) {
            TopicPartition place = places.get(arrival.pair().eventId());
            if (partitions.contains(place)) {
                long before = Math.max(fromNanos, last.getOrDefault(place, fromNanos));
                longest = Math.max(longest, arrival.atNanos() - before);
                last.put(place, arrival.atNanos());
            }
        }
        return Duration.ofNanos(longest);
    }

    /**
     * For each partition the time from the kill to the first delivery of an event that was sent after it, which the killed
     * one cannot have made; shortest first.
     */
    private List<Duration> takeovers(Set<TopicPartition> partitions, long killedAt, LanePublisher publisher) {
        Map<String, TopicPartition> places = new HashMap<>();
        publisher.acknowledged().stream()
                .filter(sent -> sent.sentAtNanos() - killedAt > 0 && partitions.contains(place(sent)))
                .forEach(sent -> places.put(sent.eventId(), place(sent)));
        Map<TopicPartition, Long> first = new HashMap<>();
        for (Arrival arrival : arrivals) {
            TopicPartition place = places.get(arrival.pair().eventId());
            if (place != null) {
                first.merge(place, arrival.atNanos(), Math::min);
            }
        }
        return first.values().stream()
                .map(at -> Duration.ofNanos(at - killedAt))
                .sorted()
                .toList();
    }

    private static TopicPartition place(Sent sent) {
        return new TopicPartition(sent.lane().topic(), sent.partition());
    }
}
