package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two routers of their own processes, killed while they route: everything published is accounted for exactly once, and
 * the events kept are those that their ids say. {@code -Dajbus.long=true} takes a million.
 */
class RouterIT {

    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final int EVENTS = LONG ? 1_000_000 : 60_000;
    private static final int KILLS = LONG ? 10 : 3;
    private static final int AT_ONCE = 2_000;

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());

    @TempDir
    private Path directory;

    @Test
    void everythingPublishedIsAccountedForThoughRoutersAreKilled() throws Exception {
        System.err.println("RouterIT: seed " + seed + ", " + EVENTS + " records, " + KILLS + " kills");
        Published published = new Published(seed);
        List<JavaProcess> routers = new ArrayList<>();
        try (TestBus bus = TestBus.start(directory)) {
            Account account = new Account(bus);
            try {
                routers.add(router(bus));
                routers.add(router(bus));
                publishAndKill(bus, account, published, routers);
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> account.recount() >= EVENTS);
            } finally {
                routers.forEach(JavaProcess::close);
            }
            assertThat(account.recount()).isEqualTo(EVENTS);
            account.judge(published);
        }
    }

    /** Each kill comes right after a batch was written, when what came before it is being routed again. */
    private void publishAndKill(TestBus bus, Account account, Published published, List<JavaProcess> routers)
            throws Exception {
        Random random = new Random(seed);
        int killed = 0;
        long seen = 0;
        while (published.total() < EVENTS) {
            bus.write(published.next(AT_ONCE));
            if (killed < KILLS && published.total() >= (killed + 1L) * EVENTS / (KILLS + 1)) {
                long before = seen;
                await().atMost(Duration.ofMinutes(1)).until(() -> account.recount() > before);
                seen = published.total();
                bus.write(published.next(AT_ONCE));
                routers.remove(random.nextInt(routers.size())).kill();
                System.err.println("RouterIT: kill " + ++killed + " with " + (published.total() - account.recount())
                        + " records not committed");
                routers.add(router(bus));
            }
        }
    }

    static JavaProcess router(TestBus bus) {
        return JavaProcess.start(
                RouterProcess.class.getName(), List.of(bus.kafka().bootstrapServers()), Map.of());
    }
}
