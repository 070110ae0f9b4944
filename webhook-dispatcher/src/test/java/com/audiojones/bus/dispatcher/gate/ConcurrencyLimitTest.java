package com.audiojones.bus.dispatcher.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyLimitTest {

    private static final int ANY = 1_000_000;

    private final ConcurrencyLimit limit = new ConcurrencyLimit();

    @Test
    void itBeginsWithEight() {
        assertThat(limit.current(ANY)).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "1, 1", "0, 1", "9, 8"})
    void theTargetsOwnLimitHoldsToo(int configured, int current) {
        assertThat(limit.current(configured)).isEqualTo(current);
    }

    @Test
    void itGrowsWithEachSuccessAtTheLimitUpToAMost() {
        succeed(10);
        assertThat(limit.current(ANY)).isEqualTo(18);

        succeed(1_000);

        assertThat(limit.current(ANY)).isEqualTo(256);
    }

    @Test
    void aSuccessBelowTheLimitTeachesNothing() {
        for (int i = 0; i < 100; i++) {
            limit.succeeded(false);
        }

        assertThat(limit.current(ANY)).isEqualTo(8);
    }

    @Test
    void overloadHalvesItOncePerRound() {
        limit.overloaded(0, 100);
        assertThat(limit.current(ANY)).isEqualTo(4);

        limit.overloaded(99, 110);
        assertThat(limit.current(ANY)).isEqualTo(4);

        limit.overloaded(100, 120);
        assertThat(limit.current(ANY)).isEqualTo(2);
    }

    @Test
    void itNeverFallsBelowOne() {
        for (int i = 0; i < 20; i++) {
            limit.overloaded(i, i);
        }

        assertThat(limit.current(ANY)).isEqualTo(1);
    }

    @Test
    void afterACutItGrowsByOnePerRoundOfSuccesses() {
        limit.overloaded(0, 100);

        succeed(4);
        assertThat(limit.current(ANY)).isEqualTo(4);

        succeed(1);
        assertThat(limit.current(ANY)).isEqualTo(5);
    }

    @Test
    void aTargetThatIsBackGetsHalfOfWhatItLastTookWell() {
        succeed(32);
        limit.overloaded(0, 100);
        limit.overloaded(100, 200);
        assertThat(limit.current(ANY)).isEqualTo(10);

        limit.restored();

        assertThat(limit.current(ANY)).isEqualTo(20);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            limit.succeeded(true);
        }
    }
}
