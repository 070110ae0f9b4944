package com.audiojones.bus.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInThrottleTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @ParameterizedTest
    @CsvSource({"0,PT0S", "4,PT0S", "5,PT2S", "6,PT4S", "9,PT32S", "12,PT4M16S", "13,PT5M", "100,PT5M"})
    void eachFailureFromTheFifthOnDoublesTheWait(int failures, Duration wait) {
        fail("10.0.0.1", failures);

        assertThat(throttle.waitOf("10.0.0.1")).isEqualTo(wait);
    }

    @Test
    void theWaitPasses() {
        fail("10.0.0.1", 5);

        clock.advance(Duration.ofSeconds(2));

        assertThat(throttle.waitOf("10.0.0.1")).isZero();
    }

    @Test
    void othersDoNotWait() {
        fail("10.0.0.1", 10);

        assertThat(throttle.waitOf("10.0.0.2")).isZero();
    }

    @Test
    void theRightKeyForgetsTheFailures() {
        fail("10.0.0.1", 10);

        throttle.succeeded("10.0.0.1");
        fail("10.0.0.1", 1);

        assertThat(throttle.waitOf("10.0.0.1")).isZero();
    }

    @Test
    void onlyTheLatestAddressesAreKept() {
        fail("10.0.0.1", 5);

        for (int i = 0; i < SignInThrottle.MAX_ADDRESSES; i++) {
            throttle.failed("other " + i);
        }

        assertThat(throttle.waitOf("10.0.0.1")).isZero();
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address);
        }
    }
}
