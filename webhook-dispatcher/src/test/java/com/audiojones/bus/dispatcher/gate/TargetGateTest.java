package com.audiojones.bus.dispatcher.gate;

import static com.audiojones.bus.dispatcher.gate.Admission.Wait.AT_LIMIT;
import static com.audiojones.bus.dispatcher.gate.Admission.Wait.BREAKER_OPEN;
import static com.audiojones.bus.dispatcher.gate.Admission.Wait.RATE;
import static com.audiojones.bus.dispatcher.gate.Admission.Wait.RETRY_AFTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.dispatcher.gate.TargetGate.Change;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.TargetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TargetGateTest {

    private static final int ANY = 1_000;
    private static final Admission GO = new Admission.Go(false);
    private static final Admission PROBE = new Admission.Go(true);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TargetGate gate = new TargetGate();
    private TargetOptions options = TargetOptions.NONE;
    private int instances = 1;
    private long now = Long.MAX_VALUE - SECOND;

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "2, 1, 1, 2", "4, 2, 3, 4", "7, 3, 5, 7", "8, 4, 6, 8"})
    void aQuarterIsForTheHighLaneAloneAndTheLowLaneGetsHalf(int limit, int low, int standard, int high) {
        options = options(null, limit);

        assertThat(admitted(Lane.LOW)).isEqualTo(low);
        assertThat(admitted(Lane.STANDARD)).isEqualTo(standard - low);
        assertThat(admitted(Lane.HIGH)).isEqualTo(high - standard);
    }

    @Test
    void theHighLaneMayTakeAll() {
        assertThat(admitted(Lane.HIGH)).isEqualTo(8);
        assertThat(admit(Lane.STANDARD)).isEqualTo(AT_LIMIT);
        assertThat(admit(Lane.LOW)).isEqualTo(AT_LIMIT);
    }

    @Test
    void aLaneGivesATargetNoMoreThanItsOwnMost() {
        assertThat(gate.admit(Lane.HIGH, 2, options, 1, now)).isEqualTo(GO);
        assertThat(gate.admit(Lane.HIGH, 2, options, 1, now)).isEqualTo(GO);
        assertThat(gate.admit(Lane.HIGH, 2, options, 1, now)).isEqualTo(AT_LIMIT);
        assertThat(gate.admit(Lane.LOW, 2, options, 1, now)).isEqualTo(GO);
    }

    @Test
    void dispatchersShareTheConfiguredLimitButEachGetsOne() {
        options = options(null, 8);
        instances = 3;
        assertThat(admitted(Lane.HIGH)).isEqualTo(2);

        instances = 100;

        assertThat(gate.view(options, instances, now).limit()).isEqualTo(1);
    }

    @Test
    void dispatchersShareTheRate() {
        options = options(1.0, null);
        instances = 4;

        assertThat(admit(Lane.HIGH)).isEqualTo(GO);
        now += 4 * SECOND - 1;
        assertThat(admit(Lane.LOW)).isEqualTo(RATE);
        now++;
        assertThat(admit(Lane.LOW)).isEqualTo(GO);
    }

    @Test
    void aRequestThatMustWaitTakesNothingOfTheRate() {
        options = options(1.0, 1);
        assertThat(admit(Lane.HIGH)).isEqualTo(GO);
        now += SECOND;
        assertThat(admit(Lane.HIGH)).isEqualTo(AT_LIMIT);

        finish(Lane.HIGH, true);

        assertThat(admit(Lane.HIGH)).isEqualTo(GO);
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void aBreakAskedForShutsForAllLanes(Lane lane) {
        admit(Lane.STANDARD);
        finish(Lane.STANDARD, failed(false, now, Duration.ofSeconds(120)));

        assertThat(gate.isShut(now)).isTrue();
        assertThat(admit(lane)).isEqualTo(RETRY_AFTER);
        now += 120 * SECOND - 1;
        assertThat(admit(lane)).isEqualTo(RETRY_AFTER);
        now++;
        assertThat(admit(lane)).isEqualTo(GO);
        assertThat(gate.isShut(now)).isFalse();
    }

    @Test
    void ofSeveralBreaksTheLongestHolds() {
        admit(Lane.HIGH);
        admit(Lane.HIGH);
        finish(Lane.HIGH, failed(true, now, Duration.ofSeconds(120)));

        finish(Lane.HIGH, failed(true, now, Duration.ofSeconds(1)));
        gate.learn(false, 0, 2 * SECOND, now);

        assertThat(gate.view(options, instances, now).nanosUntilAllowed()).isEqualTo(120 * SECOND);
    }

    @Test
    void aTargetThatIsDownFromTheStartGetsTenRequestsThenOneProbeAtATime() {
        int started = admitted(Lane.HIGH);
        while (!gate.isShut(now)) {
            finish(Lane.HIGH, false);
            started += admitted(Lane.HIGH);
        }

        assertThat(started).isEqualTo(10);
        assertThat(admit(Lane.HIGH)).isEqualTo(BREAKER_OPEN);
        now += SECOND;
        assertThat(admit(Lane.LOW)).isEqualTo(PROBE);
        assertThat(admit(Lane.HIGH)).isEqualTo(BREAKER_OPEN);
    }

    @Test
    void changesAreToldOnce() {
        for (int i = 0; i < 9; i++) {
            admit(Lane.HIGH);
            assertThat(finish(Lane.HIGH, false)).isEqualTo(Change.NONE);
        }
        admit(Lane.HIGH);
        assertThat(finish(Lane.HIGH, false)).isEqualTo(Change.OPENED);
        now += SECOND;
        admit(Lane.HIGH);
        assertThat(finish(Lane.HIGH, probe(false))).isEqualTo(Change.STILL_OPEN);
        now += 2 * SECOND;
        admit(Lane.HIGH);
        assertThat(finish(Lane.HIGH, probe(true))).isEqualTo(Change.CLOSED);
        admit(Lane.HIGH);
        assertThat(finish(Lane.HIGH, true)).isEqualTo(Change.NONE);
        assertThat(gate.view(options, instances, now).limit()).isEqualTo(4);
    }

    @Test
    void aProbeDoesNotExceedTheConfiguredLimit() {
        options = options(null, 1);
        admit(Lane.HIGH);
        gate.learn(true, 0, 0, now);

        assertThat(admit(Lane.HIGH)).isEqualTo(AT_LIMIT);
        finish(Lane.HIGH, false);
        assertThat(admit(Lane.HIGH)).isEqualTo(PROBE);
    }

    @Test
    void whatAnotherDispatcherFoundHoldsHere() {
        gate.learn(true, SECOND, 0, now);
        assertThat(admit(Lane.HIGH)).isEqualTo(BREAKER_OPEN);

        gate.learn(false, 0, 5 * SECOND, now);
        assertThat(admit(Lane.HIGH)).isEqualTo(RETRY_AFTER);

        now += 5 * SECOND;
        assertThat(admit(Lane.HIGH)).isEqualTo(GO);
    }

    @Test
    void aWrongClockElsewhereShutsATargetNoLongerThanItsOwnTroubleWould() {
        gate.learn(true, Long.MAX_VALUE, Long.MAX_VALUE, now);

        assertThat(gate.view(options, instances, now).nanosUntilProbe()).isEqualTo(4 * SECOND);
        assertThat(gate.view(options, instances, now).nanosUntilAllowed()).isEqualTo(24 * 3_600 * SECOND);
    }

    @Test
    void aTargetIsSlowWhenItsRequestsTakeOverTwoSeconds() {
        admit(Lane.HIGH);
        finish(Lane.HIGH, new Ending(true, false, false, now, Duration.ofMillis(1_900), Duration.ZERO));
        assertThat(gate.isSlow()).isFalse();

        admit(Lane.HIGH);
        finish(Lane.HIGH, new Ending(true, false, false, now, Duration.ofSeconds(4), Duration.ZERO));

        assertThat(gate.isSlow()).isTrue();
        assertThat(gate.view(options, instances, now).latencyMillis()).isEqualTo(2_320);
    }

    @Test
    void pairsThatWereParkedLatelyCountAsWaiting() {
        gate.parked(now);
        gate.parked(now);
        long later = now + Duration.ofSeconds(17).toNanos();
        gate.parked(later);

        assertThat(gate.view(options, 1, later).parked()).isEqualTo(3);
        assertThat(gate.view(options, 1, later + Duration.ofMinutes(1).toNanos())
                        .parked())
                .isZero();
    }

    private Admission admit(Lane lane) {
        return gate.admit(lane, ANY, options, instances, now);
    }

    private int admitted(Lane lane) {
        int count = 0;
        while (admit(lane) instanceof Admission.Go) {
            count++;
        }
        return count;
    }

    private Change finish(Lane lane, boolean success) {
        return finish(lane, new Ending(success, false, false, now, Duration.ofMillis(5), Duration.ZERO));
    }

    private Change finish(Lane lane, Ending ending) {
        return gate.finished(lane, ending, options, instances, now);
    }

    private static Ending failed(boolean overload, long started, Duration retryAfter) {
        return new Ending(false, overload, false, started, Duration.ofMillis(5), retryAfter);
    }

    private Ending probe(boolean success) {
        return new Ending(success, false, true, now, Duration.ofMillis(5), Duration.ZERO);
    }

    private static TargetOptions options(@Nullable Double rate, @Nullable Integer maxInFlight) {
        return new TargetOptions(
                false, List.of(), null, null, Map.of(), null, rate, maxInFlight, RetryPolicy.STANDARD, null);
    }
}
