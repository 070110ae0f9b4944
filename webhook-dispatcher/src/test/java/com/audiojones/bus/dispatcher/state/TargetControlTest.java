package com.audiojones.bus.dispatcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.dispatcher.gate.Admission;
import com.audiojones.bus.dispatcher.gate.Ending;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TargetControlTest {

    private static final int MOST = 4;

    private final TargetControl control = new TargetControl(
            new KafkaSettings("localhost:9092", Map.of()),
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            Duration.ofDays(5),
            new ManualClock(Instant.parse("2025-11-11T10:30:00Z")));

    @Test
    void aRemovedTargetIsForgottenWhenItsLastRequestHasEnded() {
        long now = System.nanoTime();
        TargetGate gate = control.gate("tgt_1");
        assertThat(admit(gate, now)).isInstanceOf(Admission.Go.class);

        control.forget("tgt_1");
        assertThat(control.gate("tgt_1")).isSameAs(gate);

        Ending ending = new Ending(true, false, false, now, Duration.ofMillis(5), Duration.ZERO);
        gate.finished(Lane.STANDARD, ending, TargetOptions.NONE, 1, now);
        control.forget("tgt_1");
        assertThat(control.gates()).isZero();
    }

    @Test
    void theEndOfARequestThatAnotherGateAdmittedMakesNoRoom() {
        long now = System.nanoTime();
        TargetGate fresh = control.gate("tgt_1");

        fresh.withdrawn(Lane.STANDARD, false, now);

        for (int i = 0; i < MOST; i++) {
            assertThat(admit(fresh, now)).isInstanceOf(Admission.Go.class);
        }
        assertThat(admit(fresh, now)).isEqualTo(Admission.Wait.AT_LIMIT);
    }

    @Test
    void theRequestsOfAnAbandonedLaneTakeNoRoomAndItsProbeIsDueAgain() {
        long now = System.nanoTime();
        TargetGate gate = control.gate("tgt_1");
        gate.learn(true, 0, 0, now);
        assertThat(admit(gate, now)).isEqualTo(new Admission.Go(true));
        assertThat(gate.isIdle()).isFalse();

        control.abandoned(Lane.STANDARD);

        assertThat(gate.isIdle()).isTrue();
        assertThat(admit(gate, System.nanoTime())).isEqualTo(Admission.Wait.BREAKER_OPEN);
        assertThat(admit(gate, System.nanoTime() + Duration.ofSeconds(4).toNanos()))
                .isEqualTo(new Admission.Go(true));
    }

    private static Admission admit(TargetGate gate, long now) {
        return gate.admit(Lane.STANDARD, MOST, TargetOptions.NONE, 1, now);
    }
}
