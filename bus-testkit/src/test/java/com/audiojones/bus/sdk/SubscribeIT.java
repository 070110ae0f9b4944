package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.subscribe.DeadLetter;
import com.audiojones.bus.subscribe.ReceivedEvent;
import com.audiojones.bus.subscribe.SubscribeOptions;
import com.audiojones.bus.subscribe.Subscription;
import com.audiojones.bus.subscribe.SubscriptionException;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscribing to the lanes of a real broker. */
@Timeout(300)
class SubscribeIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private TestBus kafka;
    private EventBus bus;

    @BeforeEach
    void start() throws InterruptedException {
        kafka = TestBus.start(directory);
        bus = connect("tests");
    }

    @AfterEach
    void stop() {
        bus.close();
        kafka.close();
    }

    @Test
    void eachSubscriptionGetsWhatItsPatternSays() throws Exception {
        bus.subscribe("audit.user", event -> seen.add("topic " + event.id()));
        bus.subscribe("audit.user.action.*", event -> seen.add("pattern " + event.id()));
        bus.subscribe("status_change", event -> seen.add("type " + event.id()));
        kafka.write(List.of(
                LaneRecords.of("login", "user.login", Priority.P1, "u"),
                LaneRecords.of("task", "user.action.task", Priority.P0, "u"),
                LaneRecords.of("query", "data.query", Priority.P2, "u"),
                LaneRecords.of("status", "status_change", Priority.P1, null),
                LaneRecords.of(
                        "late", "user.login", Priority.P3, "u", Instant.now().minusSeconds(1), null),
                LaneRecords.of("other", "user.login", Priority.P1, "u", null, "one-target")));

        await().atMost(SOON).until(() -> seen.size() == 4);

        Thread.sleep(300);
        assertThat(seen).containsExactlyInAnyOrder("topic login", "topic task", "pattern task", "type status");
    }

    @Test
    void theNextEventOfAKeyWaitsForOneThatFails() throws Exception {
        Subscription subscription = bus.subscribe("audit.user", event -> {
            seen.add(event.id() + "/" + event.attempt());
            if (event.id().equals("a1") && event.attempt() < 3) {
                throw new IllegalStateException("not yet");
            }
        });
        kafka.write(List.of(
                LaneRecords.of("a1", "user.login", Priority.P1, "a"),
                LaneRecords.of("a2", "user.login", Priority.P1, "a"),
                LaneRecords.of("b1", "user.login", Priority.P1, "b")));

        await().atMost(SOON).until(() -> subscription.counts().handled() == 3);

        assertThat(seen)
                .containsSubsequence("a1/1", "a1/2", "a1/3", "a2/1")
                .contains("b1/1")
                .hasSize(5);
        assertThat(seen.indexOf("b1/1")).isLessThan(seen.indexOf("a1/2"));
        assertThat(subscription.counts().failedAttempts()).isEqualTo(2);
        await().atMost(SOON).until(() -> subscription.lag() == 0);
    }

    @Test
    void withoutOrderNothingWaitsForOneThatFails() throws Exception {
        Subscription subscription = bus.subscribeAsync(
                "audit.user", SubscribeOptions.DEFAULTS.inGroup("free").unordered(), event -> {
                    seen.add(event.id() + "/" + event.attempt());
                    return event.id().equals("a1") && event.attempt() < 2
                            ? CompletableFuture.failedStage(new IllegalStateException("not yet"))
                            : CompletableFuture.completedStage(null);
                });
        kafka.write(List.of(
                LaneRecords.of("a1", "user.login", Priority.P1, "a"),
                LaneRecords.of("a2", "user.login", Priority.P1, "a")));

        await().atMost(SOON).until(() -> subscription.counts().handled() == 2);

        assertThat(seen).containsExactlyInAnyOrder("a1/1", "a2/1", "a1/2");
        assertThat(kafka.records("bus.sub.free.retry.2s")).hasSize(1);
    }

    @Test
    void whatFailsAlwaysIsADeadLetterAndIsToldWithThoseOfTheWebhooks() throws Exception {
        bus.subscribe("audit.user", event -> {
            throw new IllegalStateException("never, not even with ü");
        });
        kafka.write(List.of(LaneRecords.of("a1", "user.login", Priority.P3, "a"), webhookLetter("w1")));
        await().atMost(SOON)
                .until(() -> kafka.records("bus.sub.tests.audit.user.dlq").size() == 1);
        List<DeadLetter> letters = new CopyOnWriteArrayList<>();

        Subscription subscription = bus.subscribeToDeadLetters(letters::add);

        await().atMost(SOON).until(() -> letters.size() == 2);
        assertThat(letters).anySatisfy(letter -> {
            assertThat(letter.event().id()).isEqualTo("a1");
            assertThat(letter.recipient()).isEqualTo("tests.audit.user");
            assertThat(letter.fromWebhook()).isFalse();
            assertThat(letter.attempts()).isEqualTo(2);
            assertThat(letter.reason()).isEqualTo("MAX_ATTEMPTS");
            assertThat(letter.lastError()).isEqualTo("IllegalStateException: never, not even with ?");
        });
        assertThat(letters).anySatisfy(letter -> {
            assertThat(letter.event().id()).isEqualTo("w1");
            assertThat(letter.recipient()).isEqualTo("target-1");
            assertThat(letter.fromWebhook()).isTrue();
        });
        await().atMost(SOON).until(() -> subscription.counts().handled() == 2);
    }

    @Test
    void aPausedSubscriptionTakesNothingOn() throws Exception {
        Subscription subscription = bus.subscribe("audit.user", event -> seen.add(event.id()));
        await().atMost(SOON).until(() -> subscription.notReady().isEmpty());
        subscription.pause();
        kafka.write(List.of(LaneRecords.of("a1", "user.login", Priority.P1, "a")));
        Thread.sleep(1_000);
        assertThat(seen).isEmpty();
        assertThat(subscription.isPaused()).isTrue();
        assertThat(subscription.lag()).isEqualTo(1);

        subscription.resume();

        await().atMost(SOON).until(() -> seen.size() == 1);
    }

    @Test
    void aSubscriptionMayBeginPausedAndAClosedOneIsForgotten() throws Exception {
        SubscribeOptions options = SubscribeOptions.DEFAULTS.inGroup("later").paused();
        Subscription first = bus.subscribe("audit.user", options, event -> seen.add(event.id()));
        kafka.write(List.of(LaneRecords.of("a1", "user.login", Priority.P1, "a")));
        await().atMost(SOON).until(() -> bus.notReady().isEmpty());
        Thread.sleep(300);
        assertThat(seen).isEmpty();
        first.resume();
        await().atMost(SOON).until(() -> seen.size() == 1);

        first.close();
        first.close();

        assertThat(first.notReady()).containsExactly("the subscription to audit.user is closed");
        assertThat(bus.notReady()).isEmpty();
        bus.subscribe("audit.data", options, event -> {});
    }

    @Test
    void aGroupIsForOnePattern() throws Exception {
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("shared");
        Subscription first = bus.subscribe("audit.user", group, event -> {});
        assertThatThrownBy(() -> bus.subscribe("audit.data", group, event -> {}))
                .isInstanceOf(SubscriptionException.class)
                .hasMessageContaining("group shared: expected the pattern 'audit.user'");
        await().atMost(SOON).until(() -> first.notReady().isEmpty());

        try (EventBus other = connect("other")) {
            assertThatThrownBy(() -> other.subscribe("audit.data", group, event -> {}))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessageContaining("group shared: expected the pattern 'audit.user' of its running members");
            other.subscribe("audit.user", group, event -> {});
        }
    }

    @Test
    void aPatternThatNothingCanMatchIsRefused() {
        assertThatThrownBy(() -> bus.subscribe("audit.usr.*", event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern: expected a topic of the bus")
                .hasMessageContaining("got 'audit.usr'");
        assertThatThrownBy(() -> bus.subscribe("a b", event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern: expected segments of letters");
    }

    @Test
    void aNewGroupMayBeginNow() throws Exception {
        kafka.write(List.of(LaneRecords.of("before", "user.login", Priority.P1, "a")));
        bus.subscribe("audit.user", SubscribeOptions.DEFAULTS.fromNow(), event -> seen.add(event.id()));
        kafka.write(List.of(LaneRecords.of("after", "user.login", Priority.P1, "a")));

        await().atMost(SOON).until(() -> !seen.isEmpty());

        Thread.sleep(300);
        assertThat(seen).containsExactly("after");
    }

    @Test
    void membersOfAGroupShareTheEventsAndAGracefulEndRepeatsNone() throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            records.add(LaneRecords.of("e-" + i, "user.login", Priority.P1, "k" + i % 50));
            expected.add("e-" + i);
        }
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("members");
        EventBus other = connect("other");
        Subscription leaving = other.subscribe("audit.user", group, this::slowly);
        Subscription staying = bus.subscribe("audit.user", group, this::slowly);
        kafka.write(records);
        await().atMost(SOON)
                .until(() ->
                        leaving.counts().handled() > 100 || staying.counts().handled() > 100);

        other.close();

        await().atMost(SOON).until(() -> Set.copyOf(seen).size() == 2_000);
        assertThat(new TreeSet<>(seen)).isEqualTo(expected);
        assertThat(seen).hasSize(2_000);
        assertThat(leaving.counts().inFlight()).isZero();
        assertThat(staying.counts().handled() + leaving.counts().handled()).isEqualTo(2_000);
    }

    @Test
    void aHandlerThatOutlastsTwoRebalancesStopsNothing() throws Exception {
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("outlasted");
        CountDownLatch release = new CountDownLatch(1);
        bus.subscribe("audit.user", group, event -> {
            if (event.id().equals("e-0") && release.getCount() > 0) {
                release.await();
            }
            seen.add(event.id());
        });
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(LaneRecords.of("e-" + i, "user.login", Priority.P1, "k" + i % 3));
        }
        kafka.write(records);
        await().atMost(SOON).until(() -> seen.size() > 50);

        for (int i = 0; i < 2; i++) {
            EventBus other = connect("other");
            Subscription passing = other.subscribe("audit.user", group, event -> Thread.sleep(Duration.ofMinutes(1)));
            await().atMost(SOON).until(() -> passing.notReady().isEmpty());
            other.close();
        }
        release.countDown();

        await().atMost(SOON).until(() -> Set.copyOf(seen).size() == 200);
    }

    @Test
    void anOrderedGroupWorksOffWhatItLeftWaitingWhenItWasNot() throws Exception {
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("changed");
        Subscription unordered = bus.subscribe("audit.user", group.unordered(), event -> {
            throw new IllegalStateException("not yet");
        });
        kafka.write(List.of(LaneRecords.of("a1", "user.login", Priority.P1, "a")));
        await().atMost(SOON)
                .until(() -> kafka.records("bus.sub.changed.retry.2s").size() == 1);
        unordered.close();

        bus.subscribe("audit.user", group, event -> seen.add(event.id()));

        await().atMost(SOON).until(() -> seen.contains("a1"));
    }

    private void slowly(ReceivedEvent event) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(2);
        seen.add(event.id());
    }

    private EventBus connect(String application) {
        return EventBus.connect(EventBusSettings.of(kafka.kafka().bootstrapServers(), application));
    }

    private static ProducerRecord<byte[], byte[]> webhookLetter(String id) {
        ProducerRecord<byte[], byte[]> lane = LaneRecords.of(id, "user.login", Priority.P1, "a");
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, id.getBytes(UTF_8), lane.value(), lane.headers());
        new DeadLetterHeaders(
                        "target-1",
                        "http://127.0.0.1/",
                        3,
                        DeadLetterReason.MAX_ATTEMPTS,
                        503,
                        "HTTP 503",
                        12,
                        Instant.now())
                .writeTo(letter.headers());
        return letter;
    }
}
