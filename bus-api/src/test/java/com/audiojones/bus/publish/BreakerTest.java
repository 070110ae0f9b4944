package com.audiojones.bus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.publish.PublishCounts.Circuit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final Duration OPEN = Duration.ofMillis(200);

    private final List<Circuit> heard = new ArrayList<>();
    private final Breaker breaker = new Breaker(10, OPEN, Duration.ofSeconds(5), heard::add);

    @Test
    void tenFailuresInARowOpenItAndNoFewer() {
        fail(9);
        breaker.succeeded();
        fail(9);
        assertThat(breaker.circuit()).isEqualTo(Circuit.CLOSED);

        fail(1);

        assertThat(breaker.circuit()).isEqualTo(Circuit.OPEN);
        assertThat(breaker.admits()).isFalse();
        assertThat(breaker.refusal(Outgoing.of(new EventId("e-1"), "audit.user", null, new byte[0], null)))
                .hasMessageContaining("e-1")
                .hasMessageContaining("last 10 events");
    }

    @Test
    void oneEventDecidesWhenItHasBeenOpenForAWhile() {
        fail(10);
        await().atMost(Duration.ofSeconds(5)).until(breaker::admits);
        assertThat(breaker.circuit()).isEqualTo(Circuit.HALF_OPEN);
        assertThat(breaker.admits()).isFalse();
        fail(1);
        assertThat(breaker.circuit()).isEqualTo(Circuit.OPEN);
        await().atMost(Duration.ofSeconds(5)).until(breaker::admits);
        breaker.succeeded();

        assertThat(breaker.circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(heard)
                .containsExactly(Circuit.OPEN, Circuit.HALF_OPEN, Circuit.OPEN, Circuit.HALF_OPEN, Circuit.CLOSED);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(new IllegalStateException("no broker"));
        }
    }
}
