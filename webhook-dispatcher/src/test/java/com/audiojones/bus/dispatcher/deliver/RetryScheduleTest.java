package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.target.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    private static final List<Duration> EXTENDED = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private final RetrySchedule schedule = schedule(1);

    @ParameterizedTest
    @CsvSource({"P0, 2s 4s 8s 16s", "P1, 2s 4s", "P2, 2s 4s", "P3, 5s"})
    void waitsGoByPriority(Priority priority, String expected) {
        assertThat(waits(schedule, RetryPolicy.STANDARD, priority).stream()
                        .map(wait -> wait.toSeconds() + "s")
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, P0, 5", "STANDARD, P1, 3", "STANDARD, P2, 3", "STANDARD, P3, 2", "EXTENDED, P3, 10"})
    void noAttemptIsLeftAfterTheLastWait(RetryPolicy policy, Priority priority, int attempts) {
        assertThat(schedule.waitAfter(policy, priority, attempts - 1)).isPresent();
        assertThat(schedule.waitAfter(policy, priority, attempts)).isEmpty();
        assertThat(schedule.waitAfter(policy, priority, 1_000_000)).isEmpty();
        assertThat(schedule.isLast(policy, priority, attempts - 2)).isFalse();
        assertThat(schedule.isLast(policy, priority, attempts - 1)).isTrue();
    }

    @Test
    void withoutWaitsThereIsOneAttempt() {
        LiveSettings noWaits = new LiveSettings(Map.of(), Map.of(), Map.of(), Map.of());
        RetrySchedule none = new RetrySchedule(() -> noWaits, new Random(1));

        assertThat(none.isLast(RetryPolicy.STANDARD, Priority.P0, 0)).isTrue();
        assertThat(none.waitAfter(RetryPolicy.STANDARD, Priority.P0, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RetryPolicy.class)
    void whereNoAttemptWasSpentThereIsNoWait(RetryPolicy policy) {
        assertThat(schedule.waitAfter(policy, Priority.P0, 0)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void extendedWaitsAreJitteredByAFifthAtMost(long seed) {
        List<Duration> waits = waits(schedule(seed), RetryPolicy.EXTENDED, Priority.P3);

        assertThat(waits).hasSameSizeAs(EXTENDED);
        for (int i = 0; i < waits.size(); i++) {
            long plan = EXTENDED.get(i).toMillis();
            assertThat(waits.get(i).toMillis()).as("seed %d, wait %d", seed, i).isBetween(plan * 4 / 5, plan * 6 / 5);
        }
        assertThat(waits).isNotEqualTo(waits(schedule(seed + 1), RetryPolicy.EXTENDED, Priority.P3));
        assertThat(waits).isEqualTo(waits(schedule(seed), RetryPolicy.EXTENDED, Priority.P3));
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD, ,                    ,                    2025-11-12T10:00:00Z",
        "STANDARD, 2025-11-11T11:00:00Z, 2025-11-11T11:00:00Z, 2025-11-11T11:00:00Z",
        "STANDARD, 2025-11-20T10:00:00Z, 2025-11-20T10:00:00Z, 2025-11-12T10:00:00Z",
        "EXTENDED, ,                    2025-11-15T10:00:00Z, 2025-11-15T10:00:00Z",
        "EXTENDED, 2025-11-11T11:00:00Z, 2025-11-15T10:00:00Z, 2025-11-15T10:00:00Z"
    })
    void attemptsEndWithTheEventAndParkingAfterADay(
            RetryPolicy policy, @Nullable Instant expiry, @Nullable Instant attempts, Instant parking) {
        Instant firstSeen = Instant.parse("2025-11-11T10:00:00Z");

        assertThat(RetrySchedule.attemptsEnd(policy, expiry, firstSeen)).isEqualTo(attempts);
        assertThat(RetrySchedule.parkingEnds(policy, expiry, firstSeen)).isEqualTo(parking);
    }

    private static List<Duration> waits(RetrySchedule schedule, RetryPolicy policy, Priority priority) {
        List<Duration> waits = new ArrayList<>();
        Optional<Duration> wait = schedule.waitAfter(policy, priority, 1);
        while (wait.isPresent()) {
            waits.add(wait.get());
            wait = schedule.waitAfter(policy, priority, waits.size() + 1);
        }
        return waits;
    }

    private static RetrySchedule schedule(long seed) {
        return new RetrySchedule(() -> LiveSettings.DEFAULTS, new Random(seed));
    }
}
