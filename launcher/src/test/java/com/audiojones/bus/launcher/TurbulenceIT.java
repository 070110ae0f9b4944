package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.guarantee.Arrival;
import com.audiojones.bus.testkit.guarantee.AtLeastOnce;
import com.audiojones.bus.testkit.guarantee.Judgement;
import com.audiojones.bus.testkit.guarantee.Pair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is away for long, and dispatchers that come and go: the others go on by themselves. */
@Timeout(300)
class TurbulenceIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final Duration OUTAGE = Duration.ofSeconds(LONG ? 60 : 8);
    private static final Duration STORM = Duration.ofSeconds(LONG ? 60 : 12);
    private static final Duration GUST = Duration.ofSeconds(2);
    private static final Duration LONGEST_STALL = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String TARGET = "steady";

    private final AtLeastOnce ledger = new AtLeastOnce("turbulence", 0);
    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final AtomicLong lastArrival = new AtomicLong(System.nanoTime());
    private final AtomicLong longestStall = new AtomicLong();
    private int published;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aDispatcherOutlivesABrokerThatIsAwayForLong() throws Exception {
        try (DispatcherCluster cluster = startCluster();
                LanePublisher publisher = publisher(cluster)) {
            cluster.startDispatcher();
            publishFor(publisher, GUST);
            cluster.killBroker();
            ledger.marked("broker killed", System.nanoTime());
            pause(OUTAGE);

            cluster.restartBroker();
            publishFor(publisher, GUST);
            publisher.flush();

            await().atMost(END).until(() -> ledger.unfinished() == 0);
            Judgement judgement = ledger.judgement();
            System.out.println(judgement.summary() + ", broker away for " + OUTAGE.toSeconds() + " s");
            judgement.assertKept();
        }
    }

    @Test
    void dispatchersThatComeAndGoStallNothingForLong() throws Exception {
        try (DispatcherCluster cluster = startCluster();
                LanePublisher publisher = publisher(cluster)) {
            cluster.startDispatcher();
            publishFor(publisher, GUST);
            longestStall.set(0);
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < STORM.toNanos()) {
                JavaProcess passing = cluster.startDispatcher();
                publishFor(publisher, GUST);
                passing.stop(STOP);
                publishFor(publisher, GUST);
            }
            publisher.flush();

            await().atMost(END).until(() -> ledger.unfinished() == 0);
            Judgement judgement = ledger.judgement();
            System.out.printf(
                    "%s, dispatchers came and went for %d s: longest stall %d ms%n",
                    judgement.summary(), STORM.toSeconds(), longestStall.get() / 1_000_000);
            judgement.assertKept();
            assertThat(Duration.ofNanos(longestStall.get())).isLessThan(LONGEST_STALL);
        }
    }

    /** A little of every lane, all the time: a pause of what arrives is a stall. */
    private void publishFor(LanePublisher publisher, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            for (Priority priority : Priority.values()) {
                publisher.publish("e-" + published++, "turbulence", priority, null);
            }
            pause(Duration.ofMillis(10));
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private LanePublisher publisher(DispatcherCluster cluster) {
        return new LanePublisher(cluster.kafka(), sent -> ledger.published(sent.eventId(), Set.of(TARGET)));
    }

    private DispatcherCluster startCluster() throws Exception {
        receiver.handOn((request, answer) -> {
            long now = request.arrivedAtNanos();
            longestStall.accumulateAndGet(now - lastArrival.getAndSet(now), Math::max);
            Pair pair = new Pair(LanePublisher.eventId(request.body()), TARGET);
            ledger.arrived(new Arrival(pair, request.header("webhook-id"), true, now));
        });
        return DispatcherCluster.start(
                directory, List.of(DispatcherCluster.target(TARGET, receiver.url("/"), List.of())));
    }
}
