package com.audiojones.bus.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrokerThreadsTest {
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final BrokerThreads threads = new BrokerThreads("broker", reasons::add);

    @BeforeAll
    static void intercept() {
        BrokerThreads.interceptExits();
    }

    @Test
    void aHaltIsReportedToTheBrokerOfItsThread() throws InterruptedException {
        threads.start("doomed", () -> Exit.halt(1)).join();

        assertThat(reasons).containsExactly("Kafka asked to end the process with status 1");
    }

    @Test
    void anExitOfAThreadThatABrokerThreadStartedIsReportedToo() throws InterruptedException {
        threads.start("parent", () -> joined(new Thread(() -> Exit.exit(2, "disk full"))))
                .join();

        assertThat(reasons).containsExactly("disk full");
    }

    @Test
    void theThreadThatAskedStopsThere() throws InterruptedException {
        threads.start("doomed", () -> {
                    Exit.halt(1, "first");
                    reasons.add("went on");
                })
                .join();

        assertThat(reasons).containsExactly("first");
    }

    private static void joined(Thread thread) {
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
