package com.audiojones.bus.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.subscribe.DeadLetter;
import com.audiojones.bus.subscribe.SubscribeOptions;
import com.audiojones.bus.subscribe.Subscription;
import com.audiojones.bus.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribing to the lanes of a real broker. */
@Timeout(300)
class SubscribeIT extends SubscribingTest {

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
    void aPatternThatNothingCanMatchIsRefused() {
        assertThatThrownBy(() -> bus.subscribe("audit.usr.*", event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern: expected a topic of the bus")
                .hasMessageContaining("got 'audit.usr'");
        assertThatThrownBy(() -> bus.subscribe("a b", event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern: expected segments of letters");
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
