package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateDeliveriesTest {

    private final LateDeliveries late = new LateDeliveries();

    @Test
    void aLateDeliveryIsKnownOnce() {
        late.add("a");

        assertThat(late.remove("b")).isFalse();
        assertThat(late.remove("a")).isTrue();
        assertThat(late.remove("a")).isFalse();
    }

    @Test
    void theOldestIsForgottenBeyondTenThousand() {
        for (int i = 0; i <= 10_000; i++) {
            late.add("pair " + i);
        }

        assertThat(late.remove("pair 0")).isFalse();
        assertThat(late.remove("pair 1")).isTrue();
        assertThat(late.remove("pair 10000")).isTrue();
    }
}
