package com.audiojones.bus.dispatcher.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {

    /** The monotonic clock wraps early in each test. */
    private static final long START = Long.MAX_VALUE - Duration.ofMillis(500).toNanos();

    private final TokenBucket bucket = new TokenBucket();

    @ParameterizedTest
    @CsvSource({"0.01, 1000", "1, 1000", "1000, 10"})
    void theRateHoldsOverTime(double rate, long seconds) {
        long stepNanos = Duration.ofSeconds(seconds).toNanos() / 100_000;
        int taken = 0;

        for (int i = 0; i < 100_000; i++) {
            taken += bucket.tryTake(rate, START + i * stepNanos) ? 1 : 0;
        }

        assertThat(taken).isBetween((int) (rate * seconds) - 1, (int) (rate * seconds) + 1);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1", "1, 1", "7.5, 7", "1000, 1000"})
    void afterAPauseASecondsWorthMayGoAtOnceAndAtLeastOne(double rate, int burst) {
        bucket.tryTake(rate, START);
        long later = START + Duration.ofDays(1).toNanos();

        int taken = 0;
        while (bucket.tryTake(rate, later)) {
            taken++;
        }

        assertThat(taken).isEqualTo(burst);
    }

    @ParameterizedTest
    @CsvSource({"0.01, PT100S", "1, PT1S", "1000, PT0.001S"})
    void theNextTokenComesAfterTheRatesInterval(double rate, Duration interval) {
        assertThat(bucket.tryTake(rate, START)).isTrue();
        assertThat(bucket.tryTake(rate, START)).isFalse();
        assertThat(bucket.tryTake(rate, START + interval.toNanos() * 9 / 10)).isFalse();

        long due = START + interval.toNanos();

        assertThat(bucket.tryTake(rate, due)).isTrue();
        assertThat(bucket.tryTake(rate, due)).isFalse();
    }

    @Test
    void theRateMayChangeFromCallToCall() {
        bucket.tryTake(1, START);

        long later = START + Duration.ofMillis(10).toNanos();

        assertThat(bucket.tryTake(1_000, later)).isTrue();
        assertThat(bucket.tryTake(0.5, later + 1)).isTrue();
    }

    @Test
    void aReadingOfTheClockThatIsABitOlderEarnsNothing() {
        assertThat(bucket.tryTake(1, START)).isTrue();

        assertThat(bucket.tryTake(1, START - 1_000)).isFalse();
        assertThat(bucket.tryTake(1, START + Duration.ofSeconds(1).toNanos() - 1))
                .isFalse();
        assertThat(bucket.tryTake(1, START + Duration.ofSeconds(1).toNanos())).isTrue();
    }
}
