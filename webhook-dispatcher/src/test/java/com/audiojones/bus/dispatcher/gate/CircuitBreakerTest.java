package com.audiojones.bus.dispatcher.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {

    /** The monotonic clock wraps in the middle of each test. */
    private static final long START = Long.MAX_VALUE - Duration.ofMillis(1_500).toNanos();

    private final CircuitBreaker breaker = new CircuitBreaker();
    private long now = START;

    @Test
    void theTenthFailureInARowOpensIt() {
        fail(9);
        assertThat(breaker.isOpen()).isFalse();

        fail(1);

        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aSuccessInBetweenBeginsTheCountAnew() {
        fail(9);
        breaker.succeeded(now);

        fail(9);

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void itStaysOpenForOneSecondThenTwoThenFour() {
        fail(10);

        for (long seconds : new long[] {1, 2, 4, 4, 4}) {
            assertThat(breaker.nanosUntilProbe(now))
                    .isEqualTo(Duration.ofSeconds(seconds).toNanos());
            now += Duration.ofSeconds(seconds).toNanos() - 1;
            assertThat(breaker.isProbeDue(now)).isFalse();
            now++;
            assertThat(breaker.isProbeDue(now)).isTrue();
            breaker.probeStarts();
            breaker.failed(now, now, true);
        }
    }

    @Test
    void oneRequestAtATimeProbes() {
        fail(10);
        now += Duration.ofSeconds(1).toNanos();

        breaker.probeStarts();

        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.isProbeDue(now)).isFalse();
        assertThat(breaker.room(0)).isZero();
    }

    @Test
    void afterASuccessfulProbeItOpensForOneSecondAgain() {
        fail(10);
        probe(false);
        probe(false);
        probe(true);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.nanosUntilProbe(now)).isZero();

        fail(10);

        assertThat(breaker.nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aFailureOfWhatWasUnderWayNeitherProlongsNorEndsAProbe() {
        fail(10);
        breaker.failed(START, now, false);
        assertThat(breaker.nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(1).toNanos());
        now += Duration.ofSeconds(1).toNanos();
        breaker.probeStarts();

        breaker.failed(START, now, false);

        assertThat(breaker.isProbeDue(now)).isFalse();
        breaker.failed(now, now, true);
        assertThat(breaker.nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aSuccessOfWhatWasUnderWayClosesIt() {
        fail(10);

        breaker.succeeded(now);

        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.room(0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void failuresFromBeforeItOpenedDoNotOpenItAgain() {
        fail(10);
        probe(true);

        for (int i = 0; i < 100; i++) {
            breaker.failed(START, now, false);
        }

        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.room(0)).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000, true", "1, 8, true", "1, 9, false", "5, 4, true", "5, 5, false", "9, 0, true", "9, 1, false"})
    void aFailingTargetIsGivenNoMoreThanWouldOpenIt(int failures, int inFlight, boolean hasRoom) {
        fail(failures);

        assertThat(breaker.room(inFlight) > 0).isEqualTo(hasRoom);
    }

    @Test
    void whatAnotherFoundOpensItUntilThen() {
        breaker.openElsewhere(now + 7);
        assertThat(breaker.isProbeDue(now + 6)).isFalse();
        assertThat(breaker.isProbeDue(now + 7)).isTrue();

        breaker.openElsewhere(now + 100);

        assertThat(breaker.isProbeDue(now + 7)).isTrue();
    }

    @Test
    void noProbeStartsWhereNothingIsHeldBack() {
        breaker.probeStarts();

        assertThat(breaker.isOpen()).isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(now, now, false);
        }
    }

    private void probe(boolean success) {
        now += breaker.nanosUntilProbe(now);
        breaker.probeStarts();
        if (success) {
            breaker.succeeded(now);
        } else {
            breaker.failed(now, now, true);
        }
    }
}
