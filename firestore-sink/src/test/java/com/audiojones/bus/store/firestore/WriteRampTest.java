package com.audiojones.bus.store.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteRampTest {

    private long now;
    private final WriteRamp ramp = new WriteRamp(true, () -> now);

    @Test
    void fiveHundredDocumentsASecondAreWrittenAtFirst() {
        assertThat(written(Duration.ofSeconds(10))).isBetween(5_000, 5_500);
    }

    @Test
    void everyFiveMinutesHalfAsManyMoreUpToTenThousandASecondInFortyMinutes() {
        now += Duration.ofMinutes(5).toNanos();
        assertThat(written(Duration.ofSeconds(10))).isBetween(7_500, 8_500);

        now += Duration.ofMinutes(35).toNanos();
        assertThat(written(Duration.ofSeconds(1))).isBetween(10_000, 14_000);
    }

    @Test
    void onlyTooMuchHalvesTheRate() {
        ramp.slowDown(Code.UNAVAILABLE_VALUE);
        ramp.slowDown(Code.RESOURCE_EXHAUSTED_VALUE);

        assertThat(written(Duration.ofSeconds(10))).isBetween(2_500, 3_000);
    }

    @Test
    void anEmulatorIsWrittenToAsFastAsItTakes() {
        WriteRamp free = new WriteRamp(false, () -> now);

        for (int i = 0; i < 10_000; i++) {
            free.acquire(500);
        }

        assertThat(now).isZero();
    }

    /** How many documents a caller that waits its time gets written, 500 at a time. */
    private int written(Duration time) {
        long end = now + time.toNanos();
        int written = 0;
        while (now < end) {
            now += ramp.reserve(500);
            written += 500;
        }
        return written;
    }
}
