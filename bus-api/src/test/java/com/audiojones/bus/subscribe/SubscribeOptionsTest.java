package com.audiojones.bus.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscribeOptionsTest {

    @Test
    void optionsAreChangedOneByOne() {
        SubscribeOptions options = SubscribeOptions.DEFAULTS
                .inGroup("audit-collector")
                .unordered()
                .withConcurrency(3)
                .withHandlerDeadline(Duration.ofSeconds(2))
                .fromNow()
                .paused();

        assertThat(options)
                .isEqualTo(new SubscribeOptions("audit-collector", false, 3, Duration.ofSeconds(2), true, true));
    }

    @Test
    void valuesOutOfBoundsAreNamed() {
        assertThatThrownBy(() -> SubscribeOptions.DEFAULTS.inGroup("a b"))
                .hasMessage("group: expected 1 to 150 letters, digits, '.', '_' or '-', got 'a b'");
        assertThatThrownBy(() -> SubscribeOptions.DEFAULTS.withConcurrency(0))
                .hasMessage("concurrency: expected 1 to 10000, got 0");
        assertThatThrownBy(() -> SubscribeOptions.DEFAULTS.withHandlerDeadline(Duration.ZERO))
                .hasMessage("handlerDeadline: expected more than 0, got PT0S");
    }
}
