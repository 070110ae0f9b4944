package com.audiojones.bus.dispatcher.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.TargetOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate under random requests, endings and news from elsewhere, beside a list of what is under way. */
class TargetGateModelTest {

    private static final int STEPS = 5_000;

    private record Request(Lane lane, boolean probe, long startedNanos) {}

    private final TargetGate gate = new TargetGate();
    private final List<Request> underWay = new ArrayList<>();
    private long now = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatIsUnderWayNeverExceedsTheLimitAndGetsBackToZero(long seed) {
        Random random = new Random(seed);
        int configured = 1 + random.nextInt(40);
        int most = 1 + random.nextInt(20);
        double health = random.nextDouble();
        TargetOptions options = new TargetOptions(
                false, List.of(), null, null, Map.of(), null, null, configured, RetryPolicy.STANDARD, null);

        for (int step = 0; step < STEPS; step++) {
            now += random.nextLong(Duration.ofMillis(50).toNanos());
            if (random.nextInt(200) == 0) {
                long second = Duration.ofSeconds(1).toNanos();
                gate.learn(random.nextBoolean(), random.nextLong(second), random.nextLong(second), now);
            }
            if (random.nextInt(100) < 60) {
                admit(Lane.values()[random.nextInt(3)], most, options, seed);
            } else if (!underWay.isEmpty()) {
                finish(random, random.nextDouble() < health, options);
            }
            assertThat(gate.view(options, 1, now).inFlight())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(underWay.size())
                    .isLessThanOrEqualTo(configured);
        }
        while (!underWay.isEmpty()) {
            finish(random, true, options);
        }

        assertThat(gate.view(options, 1, now).inFlight()).as("seed %d", seed).isZero();
        now += Duration.ofSeconds(10).toNanos();
        assertThat(gate.admit(Lane.HIGH, most, options, 1, now))
                .as("seed %d", seed)
                .isInstanceOf(Admission.Go.class);
    }

    private void admit(Lane lane, int most, TargetOptions options, long seed) {
        int limit = gate.view(options, 1, now).limit();
        if (gate.admit(lane, most, options, 1, now) instanceof Admission.Go go) {
            underWay.add(new Request(lane, go.probe(), now));
            if (!go.probe()) {
                assertThat(underWay).as("seed %d", seed).hasSizeLessThanOrEqualTo(limit);
                assertThat(count(lane)).as("seed %d", seed).isLessThanOrEqualTo(most);
            }
        }
    }

    private void finish(Random random, boolean success, TargetOptions options) {
        Request ended = underWay.remove(random.nextInt(underWay.size()));
        Duration latency = Duration.ofNanos(now - ended.startedNanos());
        Duration pause = Duration.ofMillis(success || random.nextInt(20) > 0 ? 0 : 300);
        Ending ending = new Ending(success, random.nextBoolean(), ended.probe(), ended.startedNanos(), latency, pause);
        gate.finished(ended.lane(), ending, options, 1, now);
    }

    private long count(Lane lane) {
        return underWay.stream().filter(request -> request.lane() == lane).count();
    }
}
