package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.ScriptedReceiver.Request;
import com.audiojones.bus.topic.RetryTier;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Retry topics, dead letters, expiry: one broker and dispatcher for all tests, a receiver and event ids for each. */
@Timeout(180)
class RetryIT {

    private static final Duration SOON = DispatcherUnderTest.SOON;

    @TempDir
    private static Path directory;

    private static DispatcherUnderTest bus;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final List<String> targets = new ArrayList<>();

    @BeforeAll
    static void start() throws InterruptedException {
        bus = DispatcherUnderTest.start(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        bus.close();
    }

    @AfterEach
    void removeTargets() throws InterruptedException {
        for (String target : targets) {
            bus.removeTarget(target);
        }
        receiver.close();
    }

    @Test
    void aFailingDeliveryIsTriedAgainByThePlanOfItsPriorityAndThenADeadLetter() throws Exception {
        target("plan", "/plan");
        receiver.answer(request -> Answer.of(500));
        bus.publish("plan-1", Priority.P1);

        DeliveryRecord end = bus.firstOf("plan-1", DeliveryKind.DEAD_LETTERED);

        List<Request> requests = receiver.requests();
        assertThat(requests).hasSize(3);
        assertGap(requests, 0, Duration.ofSeconds(2));
        assertGap(requests, 1, Duration.ofSeconds(4));
        assertThat(requests).allMatch(request -> WebhookId.of("plan-1", "plan").equals(request.header("webhook-id")));
        assertThat(requests.stream()
                        .map(request -> request.header("X-AJ-Timestamp"))
                        .distinct())
                .hasSize(3);
        assertThat(end.attempt()).isEqualTo(3);
        assertThat(end.requestNo()).isEqualTo(3);
        assertThat(end.matched()).isEqualTo(1);
        assertThat(bus.of("plan-1", DeliveryKind.ATTEMPT_FAILED)).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.status()).isEqualTo(500);
            assertThat(attempt.nextAttemptAt()).isNotNull();
        });
        assertDeadLetter();
    }

    private static void assertDeadLetter() throws Exception {
        ConsumerRecord<byte[], byte[]> letter = bus.deadLetter("plan-1");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{\"event_id\":\"plan-1\"}");
        assertThat(LaneHeaders.read(letter.headers()).priority()).isEqualTo(Priority.P1);
        PairHeaders pair = PairHeaders.read(letter.headers());
        assertThat(pair.attempts()).isEqualTo(3);
        assertThat(pair.origin().topic()).isEqualTo(Lane.STANDARD.topic());
        assertThat(pair.targetRevision()).isEqualTo(1);
        DeadLetterHeaders reason = DeadLetterHeaders.read(letter.headers());
        assertThat(reason.reason()).isEqualTo(DeadLetterReason.MAX_ATTEMPTS);
        assertThat(reason.lastStatus()).isEqualTo(500);
        assertThat(new String(letter.headers().lastHeader("orig-key").value(), StandardCharsets.UTF_8))
                .isEqualTo("plan-1");
        letter.headers().forEach(header -> assertThat(letter.headers().headers(header.key()))
                .hasSize(1));
    }

    /** Two of three events succeed at once, so that the target does not count as failing. */
    @Test
    void aRetryComesWhenItIsDueAndNeverBefore() throws Exception {
        target("timing", "/timing");
        Map<String, Long> failedAt = new ConcurrentHashMap<>();
        Map<String, Long> waits = new ConcurrentHashMap<>();
        receiver.answer(request -> {
            Long failed = failedAt.get(request.body());
            if (failed != null) {
                waits.put(request.body(), request.arrivedAtNanos() - failed);
            } else if (Math.floorMod(request.body().hashCode(), 3) == 0) {
                failedAt.put(request.body(), request.arrivedAtNanos());
                return Answer.of(500);
            }
            return Answer.ok();
        });
        bus.publishMany("timing-", 300, Priority.P1);

        await().atMost(SOON)
                .until(() -> receiver.requests().size() == 300 + failedAt.size() && waits.size() == failedAt.size());

        List<Long> sorted = waits.values().stream().sorted().toList();
        Duration lateness =
                Duration.ofNanos(sorted.get(sorted.size() * 99 / 100)).minusSeconds(2);
        System.out.printf("%d retries, p99 lateness %d ms%n", sorted.size(), lateness.toMillis());
        assertThat(sorted).hasSizeGreaterThan(50);
        assertThat(Duration.ofNanos(sorted.getFirst())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRedirectIsAFailureAndTheOtherAddressStaysUntouched() throws Exception {
        target("redirect", "/redirect");
        receiver.answer("/redirect", request -> new Answer(307, Map.of("Location", receiver.url("/elsewhere")), ""));
        bus.publish("redirect-1", Priority.P3);

        DeliveryRecord end = bus.firstOf("redirect-1", DeliveryKind.DEAD_LETTERED);

        assertThat(end.error()).isEqualTo("redirect");
        assertThat(receiver.requests()).hasSize(2).allMatch(request -> request.path()
                .equals("/redirect"));
    }

    @Test
    void aBreakThatTheReceiverAsksForIsKeptByAllItsEvents() throws Exception {
        target("break", "/break");
        receiver.answer(request -> new Answer(429, Map.of("Retry-After", "120"), "later"));
        Instant before = Instant.now();
        bus.publish("break-1", Priority.P1);
        DeliveryRecord failed = bus.firstOf("break-1", DeliveryKind.ATTEMPT_FAILED);

        bus.publish("break-2", Priority.P1);
        DeliveryRecord parked = bus.firstOf("break-2", DeliveryKind.PARKED);

        assertThat(failed.nextAttemptAt()).isAfterOrEqualTo(before.plusSeconds(120));
        assertThat(parked.attempt()).isZero();
        assertThat(parked.nextAttemptAt()).isAfter(before.plusSeconds(100));
        assertThat(receiver.requests()).hasSize(1);
        ConsumerRecord<byte[], byte[]> waiting =
                bus.bus().records(RetryTier.M1.topic(Lane.STANDARD)).getFirst();
        assertThat(PairHeaders.read(waiting.headers()).notBefore())
                .isAfterOrEqualTo(before.plusSeconds(120).minusMillis(1));
    }

    @Test
    void aBreakBeyondTheEventsLifeEndsItAtOnce() throws Exception {
        target("too-long", "/too-long");
        receiver.answer(request -> new Answer(503, Map.of("Retry-After", "600"), ""));
        bus.bus()
                .write(List.of(DispatcherUnderTest.record(
                        "too-long-1", Priority.P2, Instant.now().plusSeconds(60), "{}")));

        bus.firstOf("too-long-1", DeliveryKind.DEAD_LETTERED);

        assertThat(DeadLetterHeaders.read(bus.deadLetter("too-long-1").headers())
                        .reason())
                .isEqualTo(DeadLetterReason.EXPIRED);
    }

    @Test
    void anEventWhoseLifeIsOverBeforeItsFirstAttemptExpires() throws Exception {
        target("late", "/late");
        bus.bus()
                .write(List.of(DispatcherUnderTest.record(
                        "late-1", Priority.P2, Instant.now().minusSeconds(1), "{}")));

        DeliveryRecord end = bus.firstOf("late-1", DeliveryKind.EXPIRED);

        assertThat(end.attempt()).isZero();
        assertThat(receiver.requests()).isEmpty();
        assertThat(bus.deadLetters("late-1")).isEmpty();
    }

    @Test
    void theReceiverMayAbortOneEventWithoutFurtherAttempts() throws Exception {
        target("abort", "/abort");
        receiver.answer(request -> new Answer(422, Map.of("webhook-delivery", "abort-message"), ""));
        bus.publish("abort-1", Priority.P0);

        bus.firstOf("abort-1", DeliveryKind.DEAD_LETTERED);

        assertThat(DeadLetterHeaders.read(bus.deadLetter("abort-1").headers()).reason())
                .isEqualTo(DeadLetterReason.ABORTED_BY_RECEIVER);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void aTargetThatIsRemovedMeanwhileEndsItsPairs() throws Exception {
        target("leaving", "/leaving");
        receiver.answer(request -> Answer.of(500));
        bus.publish("leaving-1", Priority.P1);
        bus.firstOf("leaving-1", DeliveryKind.ATTEMPT_FAILED);

        bus.removeTarget("leaving");

        bus.firstOf("leaving-1", DeliveryKind.REMOVED);
        assertThat(DeadLetterHeaders.read(bus.deadLetter("leaving-1").headers()).reason())
                .isEqualTo(DeadLetterReason.TARGET_REMOVED);
    }

    @Test
    void aRecordOfTheLargestSizeGoesAllTheWayToTheDeadLetters() throws Exception {
        target("largest", "/largest");
        receiver.answer(request -> Answer.of(500));
        String body = "\"" + "x".repeat(Topics.LANE_MAX_BYTES - 2048) + "\"";
        bus.bus().write(List.of(DispatcherUnderTest.record("largest-1", Priority.P3, null, body)));

        bus.firstOf("largest-1", DeliveryKind.DEAD_LETTERED);

        assertThat(bus.deadLetter("largest-1").value()).hasSize(body.length());
    }

    @Test
    void retryRecordsThatNobodyOfUsWroteGoToQuarantine() throws Exception {
        String topic = RetryTier.S2.topic(Lane.LOW);
        ProducerRecord<byte[], byte[]> bare =
                new ProducerRecord<>(topic, null, "no headers".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> odd = new ProducerRecord<>(topic, null, "odd".getBytes(StandardCharsets.UTF_8));
        DispatcherUnderTest.record("odd-1", Priority.P2, null, "{}").headers().forEach(odd.headers()::add);
        odd.headers().add("target-id", "x".getBytes(StandardCharsets.UTF_8));
        odd.headers().add("target-rev", "1e99".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> empty = new ProducerRecord<>(topic, null, null);
        int before = bus.bus().records(Topics.QUARANTINE).size();

        bus.bus().write(List.of(bare, odd, empty));

        await().atMost(SOON).until(() -> bus.bus().records(Topics.QUARANTINE).size() == before + 3);
        target("after", "/after");
        bus.publish("after-1", Priority.P2);
        bus.firstOf("after-1", DeliveryKind.DELIVERED);
    }

    private void target(String id, String path) throws InterruptedException {
        targets.add(id);
        bus.target(id, receiver.url(path));
    }

    private static void assertGap(List<Request> requests, int index, Duration atLeast) {
        Duration gap = Duration.ofNanos(
                requests.get(index + 1).arrivedAtNanos() - requests.get(index).arrivedAtNanos());
        assertThat(gap).isGreaterThanOrEqualTo(atLeast);
    }
}
