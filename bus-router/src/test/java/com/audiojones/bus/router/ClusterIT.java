package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.testkit.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers and two routers, each a process, killed while events are published: nothing is lost, and the lanes hold
 * the same ids as those of a run in which nothing happened. {@code -Dajbus.long=true} takes a million.
 */
class ClusterIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 1_000_000 : 30_000;
    private static final int ROUNDS = LONG ? 6 : 2;
    private static final int AT_ONCE = 1_000;
    private static final Duration END = Duration.ofMinutes(5);

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<JavaProcess> routers = new ArrayList<>();
    private int faults;

    @TempDir
    private Path directory;

    @Test
    void theLanesHoldWhatTheyWouldHoldWithoutFaults() throws Exception {
        System.err.println("ClusterIT: seed " + seed + ", " + EVENTS + " records");
        Map<String, Set<String>> quiet = withoutFaults();
        try (TestCluster cluster = TestCluster.start(directory.resolve("cluster"));
                TestBus bus = TestBus.on(cluster)) {
            Account account = new Account(bus);
            Published published = new Published(seed);
            try {
                routers.add(RouterIT.router(bus));
                routers.add(RouterIT.router(bus));
                publishWithFaults(cluster, bus, published);
                awaitAll(account);
            } finally {
                routers.forEach(JavaProcess::close);
            }

            account.judge(published);
            assertThat(account.lanes()).isEqualTo(quiet);
            assertThat(faults).isEqualTo(ROUNDS * 3);
        }
    }

    private Map<String, Set<String>> withoutFaults() throws Exception {
        try (TestBus bus = TestBus.start(directory.resolve("quiet"));
                JavaProcess router = RouterIT.router(bus)) {
            Published published = new Published(seed);
            while (published.total() < EVENTS) {
                bus.write(published.next(AT_ONCE));
            }
            Account account = new Account(bus);
            awaitAll(account);
            assertThat(router.output()).noneMatch(line -> line.contains("ERROR"));
            return account.lanes();
        }
    }

    /** In each round a broker is killed, a router right after it, and the broker comes back while publishing goes on. */
    private void publishWithFaults(TestCluster cluster, TestBus bus, Published published) throws Exception {
        int down = -1;
        while (published.total() < EVENTS) {
            bus.write(published.next(AT_ONCE));
            if (faults < ROUNDS * 3 && published.total() >= (faults + 1L) * EVENTS / (ROUNDS * 3 + 1)) {
                switch (faults++ % 3) {
                    case 0 -> {
                        down = random.nextInt(3);
                        System.err.println("ClusterIT: broker " + down + " is killed at " + published.total());
                        cluster.kill(down);
                    }
                    case 1 -> {
                        System.err.println("ClusterIT: a router is killed at " + published.total());
                        routers.remove(random.nextInt(routers.size())).kill();
                        routers.add(RouterIT.router(bus));
                    }
                    default -> {
                        cluster.restart(down);
                        System.err.println("ClusterIT: broker " + down + " is back at " + published.total());
                    }
                }
            }
        }
    }

    private static void awaitAll(Account account) {
        await().atMost(END).pollInterval(Duration.ofSeconds(1)).until(() -> account.recount() >= EVENTS);
        assertThat(account.recount()).isEqualTo(EVENTS);
    }
}
