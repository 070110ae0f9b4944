package com.audiojones.bus.dispatcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.delivery.TargetState.Breaker;
import com.audiojones.bus.delivery.TargetState.Status;
import com.audiojones.bus.dispatcher.gate.TargetGate.Change;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetWatchTest extends WatchedTarget {

    @Test
    void aTargetThatFailsForFiveDaysIsDisabled() {
        failUntil(FIVE_DAYS.minusMillis(1));
        assertThat(watch.isDisabled(TARGET)).isFalse();
        clock.advance(Duration.ofMillis(1));

        fail(Change.NONE);

        assertThat(watch.isDisabled(TARGET)).isTrue();
        assertThat(written.get("tgt_1"))
                .isEqualTo(new TargetState(
                        Status.DISABLED,
                        3,
                        "it has failed since 2025-11-11T10:00:00Z without one success",
                        START,
                        Breaker.CLOSED,
                        null,
                        null,
                        16,
                        0,
                        "dispatcher-1",
                        START.plus(FIVE_DAYS)));
        assertThat(titles()).endsWith("Webhook target disabled");
    }

    @Test
    void oneSuccessInBetweenBeginsTheFiveDaysAnew() {
        failUntil(FIVE_DAYS.minusHours(1));
        watch.succeeded(TARGET, Change.NONE, () -> CLOSED, false);
        readBack();
        assertThat(inForce.get("tgt_1").failingSince()).isNull();

        failUntil(FIVE_DAYS.minusHours(1));

        assertThat(watch.isDisabled(TARGET)).isFalse();
    }

    @Test
    void aSuccessBeforeTheFailuresWereReadBackIsNotedToo() {
        fail(Change.NONE);
        clock.advance(Duration.ofMinutes(1));
        fail(Change.NONE);
        assertThat(written.get("tgt_1").failingSince()).isEqualTo(START);

        watch.succeeded(TARGET, Change.NONE, () -> CLOSED, false);

        assertThat(written.get("tgt_1").failingSince()).isNull();
        assertThat(watch.failingSince("tgt_1")).isNull();
    }

    @Test
    void failingSinceSurvivesARestart() {
        fail(Change.OPENED);
        readBack();
        clock.advance(FIVE_DAYS);

        TargetWatch restarted = watch("dispatcher-2");
        restarted.failed(TARGET, Change.NONE, () -> OPEN, false);

        assertThat(restarted.isDisabled(TARGET)).isTrue();
    }

    @Test
    void aFewFailuresOverAMinuteSurviveARestartThoughTheyOpenNothing() {
        fail(Change.NONE);
        clock.advance(Duration.ofSeconds(59));
        fail(Change.NONE);
        assertThat(written).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        fail(Change.NONE);

        assertThat(written.get("tgt_1").failingSince()).isEqualTo(START);
        written.clear();
        fail(Change.NONE);
        assertThat(written).isEmpty();
    }

    @Test
    void aSuccessAfterARestartEndsWhatIsOnRecord() {
        fail(Change.OPENED);
        readBack();
        TargetWatch restarted = watch("dispatcher-2");

        restarted.succeeded(TARGET, Change.NONE, () -> CLOSED, false);

        assertThat(written.get("tgt_1").failingSince()).isNull();
        assertThat(written.get("tgt_1").breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void operatorsAreWarnedOnceAtFiftySeventyAndNinetyPercent() {
        failUntil(FIVE_DAYS.minusHours(1));

        assertThat(messages())
                .containsExactly(
                        "Target tgt_1 has failed since 2025-11-11T10:00:00Z, 50 % of the 120 hours after which it is"
                                + " disabled.",
                        "Target tgt_1 has failed since 2025-11-11T10:00:00Z, 70 % of the 120 hours after which it is"
                                + " disabled.",
                        "Target tgt_1 has failed since 2025-11-11T10:00:00Z, 90 % of the 120 hours after which it is"
                                + " disabled.");
    }

    @Test
    void aReceiverThatAsksForItIsDisabledAtOnceAndOperatorsAreToldOnce() {
        watch.disable(TARGET, "the receiver asked for it (status 410)", () -> CLOSED);
        watch.disable(TARGET, "the receiver asked for it (status 410)", () -> CLOSED);

        assertThat(watch.isDisabled(TARGET)).isTrue();
        assertThat(titles()).containsExactly("Webhook target disabled");
        readBack();
        assertThat(watch.disabledReason(TARGET)).isEqualTo("the receiver asked for it (status 410)");
        assertThat(watch("dispatcher-2").isDisabled(TARGET)).isTrue();
    }

    @Test
    void whatEndsAfterItWasDisabledDoesNotEnableIt() {
        watch.disable(TARGET, "the receiver asked for it (status 410)", () -> CLOSED);

        fail(Change.OPENED);
        watch.succeeded(TARGET, Change.CLOSED, () -> CLOSED, false);

        assertThat(written.get("tgt_1").status()).isEqualTo(Status.DISABLED);
        assertThat(watch.isDisabled(TARGET)).isTrue();
        assertThat(titles()).containsExactly("Webhook target disabled");
    }

    @Test
    void aLaterVersionEnablesIt() {
        failUntil(FIVE_DAYS);
        readBack();
        Target changed = target(4);
        assertThat(watch.isDisabled(changed)).isFalse();
        assertThat(watch.disabledReason(changed)).isNull();

        watch.failed(changed, Change.NONE, () -> CLOSED, false);

        assertThat(watch.isDisabled(changed)).isFalse();
        assertThat(watch.failingSince("tgt_1")).isEqualTo(clock.instant());
    }

    @Test
    void changesOfTheGateAreWrittenAndTold() {
        fail(Change.OPENED);
        assertThat(written.get("tgt_1"))
                .isEqualTo(new TargetState(
                        Status.ACTIVE,
                        3,
                        null,
                        START,
                        Breaker.OPEN,
                        START.plusSeconds(4),
                        null,
                        8,
                        70,
                        "dispatcher-1",
                        START));

        watch.succeeded(TARGET, Change.CLOSED, () -> CLOSED, false);

        assertThat(written.get("tgt_1").breaker()).isEqualTo(Breaker.CLOSED);
        assertThat(titles()).containsExactly("Webhook target fails", "Webhook target is back");
    }

    @Test
    void aFailedAlertRaisesNoAlerts() {
        watch.failed(TARGET, Change.OPENED, () -> OPEN, true);
        clock.advance(FIVE_DAYS.multipliedBy(3).dividedBy(4));
        watch.failed(TARGET, Change.STILL_OPEN, () -> OPEN, true);
        watch.succeeded(TARGET, Change.CLOSED, () -> CLOSED, true);

        assertThat(titles()).isEmpty();
        assertThat(written.get("tgt_1").breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void theEarliestFailureOfAnyDispatcherCountsUntilOneHasASuccess() {
        clock.advance(Duration.ofHours(1));
        fail(Change.NONE);

        watch.learn("tgt_1", state(START));
        assertThat(watch.failingSince("tgt_1")).isEqualTo(START);
        watch.learn("tgt_1", state(START.plusSeconds(60)));
        assertThat(watch.failingSince("tgt_1")).isEqualTo(START);

        watch.learn("tgt_1", state(null));
        assertThat(watch.failingSince("tgt_1")).isNull();
    }
}
