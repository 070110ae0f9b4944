package com.audiojones.bus.router.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.stats.Measure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State and buckets are bounded: what nothing can come for any more leaves. */
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path directory;

    private Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(directory, NOW);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aRowLeavesADayAfterItsLastEnd() throws Exception {
        Deliveries event = new Deliveries("evt_1", NOW);
        driver.write(event.lane(), NOW);
        driver.write(event.outcome("a", DeliveryKind.ATTEMPT_FAILED, 1, 1), NOW);
        driver.pass(Duration.ofHours(20));
        driver.write(event.outcome("a", DeliveryKind.DELIVERED, 2, 1), NOW.plus(Duration.ofHours(20)));

        driver.pass(Duration.ofHours(23));
        assertThat(driver.entries(StatusProcessor.ROWS)).isEqualTo(1);
        driver.pass(Duration.ofMinutes(61));

        assertThat(driver.entries(StatusProcessor.ROWS)).isZero();
        assertThat(driver.entries(StatusProcessor.PAIRS)).isZero();
        assertThat(driver.entries(StatusProcessor.ENDS)).isZero();
        assertThat(driver.counts(false).get(Measure.DELIVERED))
                .as("what was counted stays")
                .isEqualTo(1);
    }

    @Test
    void aRowWithoutAnEndLeavesWhenNothingCanComeAnyMore() {
        driver.write(new Deliveries("evt_1", NOW).lane(), NOW);

        driver.pass(Duration.ofDays(7));
        assertThat(driver.entries(StatusProcessor.ROWS)).isEqualTo(1);
        driver.pass(Duration.ofDays(1).plusMinutes(1));

        assertThat(driver.entries(StatusProcessor.ROWS)).isZero();
        assertThat(driver.entries(StatusProcessor.ENDS)).isZero();
    }

    @Test
    void bucketsAndTheirLabelsLeaveAndLateChangesAreNotCounted() throws Exception {
        Deliveries event = new Deliveries("evt_1", NOW);
        driver.write(event.lane(), NOW);
        driver.pass(StatsProcessor.KEPT.minusHours(1));
        assertThat(driver.buckets()).isNotEmpty();

        driver.pass(Duration.ofHours(1).plusMinutes(2));
        driver.write(new Deliveries("evt_2", NOW).lane(), NOW);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.buckets()).isEmpty();
        assertThat(driver.entries(StatsProcessor.BUCKETS)).isZero();
        assertThat(driver.entries(StatsProcessor.LABELS)).isZero();
        assertThat(driver.late()).hasSize(1);
    }
}
