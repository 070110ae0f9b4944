package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.lane.Lane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final Precedence precedence = new Precedence();
    private final long now = System.nanoTime() + Duration.ofHours(1).toNanos();

    @Test
    void withoutWorkInTheHighLaneNobodyRests() {
        assertThat(precedence.worked(Lane.LOW, MILLI, now)).isZero();
        assertThat(precedence.worked(Lane.STANDARD, MILLI, now)).isZero();
    }

    @Test
    void forASecondAfterTheHighLaneTheLowLaneRestsTwiceAsLongAsItWorks() {
        assertThat(precedence.worked(Lane.HIGH, MILLI, now)).isZero();

        assertThat(precedence.worked(Lane.LOW, MILLI, now + 999 * MILLI)).isEqualTo(2 * MILLI);
        assertThat(precedence.worked(Lane.LOW, 50 * MILLI, now)).isEqualTo(20 * MILLI);
        assertThat(precedence.worked(Lane.STANDARD, MILLI, now)).isZero();
        assertThat(precedence.worked(Lane.LOW, MILLI, now + 1_000 * MILLI)).isZero();
    }
}
