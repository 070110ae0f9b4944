package com.audiojones.bus.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.publish.AjEvent;
import com.audiojones.bus.publish.BusClosedException;
import com.audiojones.bus.publish.PublishListener;
import com.audiojones.bus.publish.Published;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of users in the middle of publishing: nothing of it can stop the bus. */
@Timeout(300)
class CallbackIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long ROOM = 64L * 1024 * 1024;

    @TempDir
    private Path directory;

    private TestBus kafka;

    @BeforeEach
    void start() throws InterruptedException {
        kafka = TestBus.start(directory.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallbackMayPublishAndWaitForThat(boolean spool) throws Exception {
        try (EventBus bus = EventBus.connect(settings(spool))) {
            List<CompletableFuture<Published>> chains = new ArrayList<>();
            for (String type : List.of("status_change", "alert_triggered", "incident_created", "capacity_alert")) {
                chains.add(bus.publish(AjEvent.of(type, 1)).thenApply(first -> bus.publish(AjEvent.of("deploy", 2))
                        .thenCompose(second -> bus.publish(AjEvent.of(type, 3)))
                        .join()));
            }
            for (CompletableFuture<Published> chain : chains) {
                assertThat(chain.get(60, TimeUnit.SECONDS).position()).isNotNull();
            }
            assertThat(bus.counts().published()).isEqualTo(12);
            assertThat(bus.counts().failed()).isZero();
        }
    }

    @Test
    void aTopicThatIsMissingHoldsUpNoOther() throws Exception {
        try (Admin admin = Admin.create(kafka.kafka().admin("test"))) {
            admin.deleteTopics(List.of("events.alert")).all().get(30, TimeUnit.SECONDS);
        }
        try (EventBus bus = EventBus.connect(settings(true).withDeadline(Duration.ofSeconds(3)))) {
            Published kept = bus.publish(AjEvent.of("alert_triggered", 1)).get(60, TimeUnit.SECONDS);
            assertThat(kept.position()).isNull();

            Published sent = bus.publish(AjEvent.of("status_change", 1)).get(60, TimeUnit.SECONDS);

            assertThat(sent.position()).isNotNull();
            assertThat(bus.counts().spoolBytes()).isPositive();
        }
    }

    @Test
    void whatWasFlushedIsDurable() throws Exception {
        try (EventBus bus = EventBus.connect(settings(true))) {
            for (int round = 0; round < 50; round++) {
                List<CompletableFuture<Published>> outcomes = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    outcomes.add(bus.publish(AjEvent.of("status_change", i)));
                }
                bus.flush(SOON);
                assertThat(outcomes).allMatch(CompletableFuture::isDone);
            }
        }
    }

    @Test
    void aCloseOnAnInterruptedThreadLosesNothing() throws Exception {
        EventBus bus = EventBus.connect(settings(true));
        List<CompletableFuture<Published>> outcomes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            outcomes.add(bus.publish(AjEvent.of("status_change", i)));
        }

        Thread.currentThread().interrupt();
        bus.close();

        assertThat(Thread.interrupted()).isTrue();
        for (CompletableFuture<Published> outcome : outcomes) {
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void publishingWhileTheBusIsClosedEndsEachWay() throws Exception {
        for (int round = 0; round < 10; round++) {
            EventBus bus = EventBus.connect(settings(true));
            List<CompletableFuture<Published>> outcomes = new ArrayList<>();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            CountDownLatch begun = new CountDownLatch(50);
            Thread publishing = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; ; i++) {
                        outcomes.add(bus.publish(AjEvent.of("status_change", i)));
                        begun.countDown();
                    }
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            begun.await();
            bus.close();
            publishing.join();

            assertThat(thrown.get()).isInstanceOf(BusClosedException.class);
            for (CompletableFuture<Published> outcome : outcomes) {
                assertThat(outcome.get(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    @Test
    void aListenerMayCloseTheBus() throws Exception {
        AtomicReference<EventBus> bus = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        bus.set(EventBus.connect(
                settings(true).withDeadline(Duration.ofSeconds(2)).withListener(new PublishListener() {
                    @Override
                    public void spoolingChanged(String topic, boolean spooling) {
                        bus.get().close();
                        closed.countDown();
                    }
                })));
        bus.get().publish(AjEvent.of("status_change", 0)).get(60, TimeUnit.SECONDS);
        kafka.close();
        for (int i = 1; i < 10; i++) {
            var _ = bus.get().publish(AjEvent.of("status_change", i));
        }

        assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> bus.get().publish(AjEvent.of("status_change", 10)))
                .isInstanceOf(BusClosedException.class);
    }

    private EventBusSettings settings(boolean spool) {
        EventBusSettings settings = EventBusSettings.of(kafka.kafka().bootstrapServers(), "tests");
        return spool ? settings.withSpool(directory.resolve("spool"), ROOM) : settings;
    }
}
