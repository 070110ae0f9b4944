package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LaneSchedulerTest {

    private static final TargetRoute ROUTE = Samples.route(false, RetryPolicy.STANDARD);

    private final TargetControl control = new TargetControl(
            new KafkaSettings("localhost:9092", Map.of()),
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            Duration.ofDays(5),
            new ManualClock(Samples.NOW));
    private final Handling handling = new Handling();
    private final LaneScheduler scheduler = new LaneScheduler(Lane.HIGH, 40, control, handling);

    @Test
    void aPairWhoseProbeFailedAfterItsQueueWasForgottenIsSentAgain() {
        long now = System.nanoTime();
        Pair pair = Samples.pair(Samples.headers(0, 1, 1, null), () -> {});
        scheduler.add(pair, ROUTE, now);
        scheduler.startReady(now);
        scheduler.sweep(now, false, 0.1, true);

        scheduler.finished("tgt_1", false);
        pair.enter(Pair.Stage.WAITING);
        scheduler.putBack(pair);
        scheduler.retryAll(now);

        assertThat(handling.started).containsExactly(pair, pair);
    }

    @Test
    void whatTheGateDoesNotLetStartWaits() {
        long now = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            scheduler.add(Samples.pair(Samples.headers(0, 0, 0, null), () -> {}), ROUTE, now);
        }

        scheduler.startReady(now);

        assertThat(handling.started).hasSize(8);
        assertThat(scheduler.inFlight()).isEqualTo(8);
        assertThat(scheduler.waiting("tgt_1")).isEqualTo(12);
    }

    @Test
    void aPairFromTheLaneIsParkedWhileItsTargetIsShutAndOneFromATierWaitsInPlace() {
        long now = System.nanoTime();
        control.gate("tgt_1").learn(true, Duration.ofSeconds(1).toNanos(), 0, now);
        Pair fresh = Samples.pair(Samples.headers(0, 0, 0, null), () -> {});
        Pair retried = Samples.pair(Samples.headers(0, 0, 1, null), () -> {});

        scheduler.add(fresh, ROUTE, now);
        scheduler.add(retried, ROUTE, now);
        scheduler.startReady(now);

        assertThat(handling.parked).containsExactly(fresh);
        assertThat(handling.started).isEmpty();
        assertThat(scheduler.waiting("tgt_1")).isEqualTo(1);
    }

    @Test
    void aBusyLaneWaitsForATargetThatHasMostOfItsTrafficAndParksForOneThatIsBehind() {
        long now = System.nanoTime();
        long later = now + Duration.ofMinutes(1).toNanos();
        add(20, "tgt_1", now);
        add(10, "tgt_2", now);
        scheduler.startReady(now);

        end("tgt_1", 4);
        end("tgt_2", 1);
        scheduler.sweep(later, true, 1, true);
        assertThat(handling.parked).isEmpty();

        end("tgt_1", 1);
        end("tgt_2", 7);
        scheduler.sweep(later, true, 1, true);
        assertThat(handling.parked).hasSize(12).allMatch(pair -> pair.targetId().equals("tgt_1"));
        assertThat(scheduler.waiting("tgt_2")).isEqualTo(2);
    }

    private void add(int count, String targetId, long now) {
        for (int i = 0; i < count; i++) {
            scheduler.add(Samples.pairOf(targetId), ROUTE, now);
        }
    }

    private void end(String targetId, int requests) {
        for (int i = 0; i < requests; i++) {
            scheduler.finished(targetId, false);
        }
    }

    private static final class Handling implements LaneScheduler.PairHandling {
        private final List<Pair> started = new ArrayList<>();
        private final List<Pair> parked = new ArrayList<>();

        @Override
        public Verdict.BeforeRequest examine(Pair pair) {
            return new Verdict.Send(ROUTE);
        }

        @Override
        public void start(Pair pair, TargetRoute route, LaneScheduler.Start start) {
            pair.requested(3);
            started.add(pair);
        }

        @Override
        public void end(Pair pair, Verdict.End end) {
            throw new AssertionError("nothing ends here");
        }

        @Override
        public void park(Pair pair, TargetRoute route, String why) {
            parked.add(pair);
        }
    }
}
