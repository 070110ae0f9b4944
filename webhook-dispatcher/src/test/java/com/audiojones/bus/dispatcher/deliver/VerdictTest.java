package com.audiojones.bus.dispatcher.deliver;

import static com.audiojones.bus.dispatcher.deliver.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.dispatcher.deliver.DeliveryResult.Then;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.state.Alerts;
import com.audiojones.bus.dispatcher.state.TargetWatch;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private static final TargetRoute ROUTE = Samples.route(false, RetryPolicy.STANDARD);
    private static final LiveSettings TWO_ATTEMPTS = new LiveSettings(
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(Priority.P0, List.of(Duration.ofSeconds(2)), Priority.P1, List.of(Duration.ofSeconds(2))));
    private static final RetrySchedule SCHEDULE = new RetrySchedule(() -> TWO_ATTEMPTS, new Random(1));

    private final TargetWatch watch = new TargetWatch(
            id -> null,
            (id, state) -> {},
            new Alerts(
                    new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                    new ManualClock(NOW)),
            Duration.ofDays(5),
            "dispatcher-1",
            new ManualClock(NOW));

    @Test
    void aPairIsSentToItsTargetAsItIsNow() {
        assertThat(before(ROUTE, Priority.P1, NOW.plusSeconds(1), 0, 0, NOW)).isEqualTo(new Verdict.Send(ROUTE));
    }

    @Test
    void aPairOfARemovedTargetIsADeadLetterUnderTheKindRemoved() {
        assertThat(before(null, Priority.P0, null, 0, 0, NOW))
                .isEqualTo(new Verdict.End(DeliveryKind.REMOVED, DeadLetterReason.TARGET_REMOVED));
    }

    @Test
    void aPairOfAPausedTargetIsADeadLetter() {
        assertThat(before(Samples.route(true, RetryPolicy.STANDARD), Priority.P0, null, 0, 0, NOW))
                .isEqualTo(dead(DeadLetterReason.TARGET_PAUSED));
    }

    @Test
    void aPairOfADisabledTargetIsADeadLetter() {
        watch.disable(ROUTE.target(), "why", () -> new TargetGate.View(false, 0, 0, 8, 0, 0, 0));

        assertThat(before(ROUTE, Priority.P0, null, 0, 0, NOW)).isEqualTo(dead(DeadLetterReason.TARGET_DISABLED));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "1, 0, true", "0, 1, true", "3, 2, true"})
    void anExpiredPairIsADeadLetterOnceItWasTriedOrParked(int requests, int deferrals, boolean deadLetter) {
        Instant expiry = NOW.plusSeconds(60);

        Verdict onTime = before(ROUTE, Priority.P1, expiry, requests, deferrals, expiry);
        Verdict late = before(ROUTE, Priority.P1, expiry, requests, deferrals, expiry.plusMillis(1));

        assertThat(onTime).isEqualTo(new Verdict.Send(ROUTE));
        assertThat(late)
                .isEqualTo(deadLetter ? dead(DeadLetterReason.EXPIRED) : new Verdict.End(DeliveryKind.EXPIRED, null));
    }

    @Test
    void whatNeverExpiresIsParkedForADayAtMost() {
        Instant aDayLater = NOW.plus(Duration.ofDays(1));

        assertThat(before(ROUTE, Priority.P0, null, 5, 0, aDayLater.plusSeconds(1)))
                .isEqualTo(new Verdict.Send(ROUTE));
        assertThat(before(ROUTE, Priority.P0, null, 0, 1, aDayLater)).isEqualTo(new Verdict.Send(ROUTE));
        assertThat(before(ROUTE, Priority.P0, null, 0, 1, aDayLater.plusMillis(1)))
                .isEqualTo(dead(DeadLetterReason.EXPIRED));
    }

    @Test
    void anExtendedPolicyOutlastsTheEvent() {
        TargetRoute extended = Samples.route(false, RetryPolicy.EXTENDED);

        assertThat(before(extended, Priority.P3, NOW.plusSeconds(60), 1, 1, NOW.plus(Duration.ofHours(96))))
                .isEqualTo(new Verdict.Send(extended));
        assertThat(before(extended, Priority.P3, null, 1, 0, NOW.plus(Duration.ofHours(97))))
                .isEqualTo(dead(DeadLetterReason.EXPIRED));
    }

    @ParameterizedTest
    @CsvSource({"BLOCKED, BLOCKED_ADDRESS", "ABORT,   ABORTED_BY_RECEIVER", "DISABLE, TARGET_DISABLED"})
    void whatIsNotToBeTriedAgainIsADeadLetterAtOnce(Then then, DeadLetterReason reason) {
        assertThat(after(then, Duration.ZERO, Priority.P0, null, 1)).isEqualTo(dead(reason));
    }

    @Test
    void theLastAttemptIsTheEnd() {
        assertThat(after(Then.RETRY, Duration.ZERO, Priority.P0, null, 1))
                .isEqualTo(new Verdict.Retry(NOW.plusSeconds(2)));
        assertThat(after(Then.RETRY, Duration.ZERO, Priority.P0, null, 2))
                .isEqualTo(dead(DeadLetterReason.MAX_ATTEMPTS));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 2", "PT1S, 2", "PT2M, 120", "PT24H, 86400"})
    void theNextAttemptComesNoEarlierThanTheReceiverAskedFor(Duration retryAfter, long seconds) {
        assertThat(after(Then.RETRY, retryAfter, Priority.P0, null, 1))
                .isEqualTo(new Verdict.Retry(NOW.plusSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 2, true", "PT0S, 1, false", "PT2M, 120, true", "PT2M, 119, false"})
    void whatWouldExpireBeforeItsNextAttemptIsADeadLetterNow(Duration retryAfter, long expiresIn, boolean again) {
        Verdict verdict = after(Then.RETRY, retryAfter, Priority.P1, NOW.plusSeconds(expiresIn), 1);

        assertThat(verdict)
                .isEqualTo(again ? new Verdict.Retry(NOW.plusSeconds(expiresIn)) : dead(DeadLetterReason.EXPIRED));
    }

    private Verdict before(
            @Nullable TargetRoute route,
            Priority priority,
            @Nullable Instant expiry,
            int requests,
            int deferrals,
            Instant now) {
        return Verdict.before(
                Samples.event(priority, expiry), Samples.headers(0, requests, deferrals, null), route, watch, now);
    }

    private static Verdict after(
            Then then, Duration retryAfter, Priority priority, @Nullable Instant expiry, int attempts) {
        return Verdict.after(
                Samples.failed(then, retryAfter),
                Samples.event(priority, expiry),
                Samples.headers(attempts, attempts, 0, null),
                RetryPolicy.STANDARD,
                SCHEDULE,
                NOW);
    }

    private static Verdict.End dead(DeadLetterReason reason) {
        return new Verdict.End(DeliveryKind.DEAD_LETTERED, reason);
    }
}
