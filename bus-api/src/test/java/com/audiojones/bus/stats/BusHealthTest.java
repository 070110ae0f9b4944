package com.audiojones.bus.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.stats.BusHealth.Status;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusHealthTest {

    @ParameterizedTest
    @CsvSource({
        // routed, dispatched, delivered, dead-lettered, untaken topics: status, issues
        "0, 0, 0, 0, 0, HEALTHY, 0",
        "5000, 5000, 4000, 0, 0, HEALTHY, 0",
        "5000, 5000, 3999, 0, 0, DEGRADED, 1",
        "5000, 5000, 4950, 50, 0, HEALTHY, 0",
        "5000, 5000, 4949, 51, 0, DEGRADED, 1",
        "5000, 5000, 5000, 0, 1, DEGRADED, 1",
        "5000, 5000, 5000, 0, 2, DEGRADED, 2",
        "5000, 5000, 5000, 0, 3, DOWN, 3",
        "5000, 5000, 3000, 51, 1, DOWN, 3",
    })
    void theNumberOfIssuesIsTheStatus(
            long routed, long dispatched, long delivered, long deadLettered, int untaken, Status status, int issues) {
        Map<String, Counts> byTopic = new HashMap<>();
        byTopic.put(
                "audit.user",
                Counts.of(Map.of(
                        Measure.ROUTED, routed,
                        Measure.MATCHED, routed,
                        Measure.DISPATCHED, dispatched,
                        Measure.DELIVERED, delivered,
                        Measure.DEAD_LETTERED, deadLettered)));
        for (int i = 0; i < untaken; i++) {
            byTopic.put(
                    "audit.topic-" + i,
                    Counts.of(Map.of(Measure.ROUTED, 1L, Measure.MATCHED, 1L, Measure.UNMATCHED, 1L)));
        }

        BusHealth health = BusHealth.of(EventBusMetrics.of(byTopic, LatencyHistogram.NONE));

        assertThat(health.status()).isEqualTo(status);
        assertThat(health.issues()).hasSize(issues);
    }

    @Test
    void eachIssueSaysWhatToDo() {
        EventBusMetrics metrics = EventBusMetrics.of(
                Map.of(
                        "audit.user",
                        Counts.of(Map.of(
                                Measure.ROUTED, 10_000L,
                                Measure.MATCHED, 10_000L,
                                Measure.DISPATCHED, 10_000L,
                                Measure.DEAD_LETTERED, 241L)),
                        "audit.org",
                        Counts.of(Map.of(Measure.ROUTED, 2L, Measure.MATCHED, 2L, Measure.UNMATCHED, 2L))),
                LatencyHistogram.NONE);

        assertThat(BusHealth.of(metrics).issues())
                .containsExactly(
                        "in flight: expected at most 1000 deliveries without an end, got 9759: look for targets that are"
                                + " slow or fail, else start another dispatcher",
                        "dead letters: expected at most 1 % of what was published, got 2.41 % (241 of 10002): see why in"
                                + " their reasons, mend the targets, then replay",
                        "audit.org: expected a target that wants its events, got none: add a target whose events match,"
                                + " or publish no more of them");
    }

    @Test
    void aTopicOfWhichOneEventIsTakenIsTaken() {
        EventBusMetrics metrics = EventBusMetrics.of(
                Map.of(
                        "audit.org",
                        Counts.of(Map.of(Measure.ROUTED, 9L, Measure.MATCHED, 9L, Measure.UNMATCHED, 8L)),
                        "audit.ai",
                        Counts.of(Map.of(Measure.ROUTED, 9L)),
                        "audit.data",
                        Counts.of(Map.of(Measure.SAMPLED_OUT, 9L))),
                LatencyHistogram.NONE);

        assertThat(metrics.untakenTopics()).isEmpty();
        assertThat(metrics.inFlight()).as("not matched yet").isEqualTo(9);
    }
}
