package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.store.StoreStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsRouteTest {

    private AdminApi api;

    @BeforeEach
    void start() {
        api = AdminApi.withoutSharedSecret();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void everyFigureOfTheStoreIsInTheAnswer() {
        api.store.stats = new StoreStats(
                EventBusMetrics.of(
                        Map.of(
                                "audit.user",
                                Counts.of(Map.of(
                                        Measure.ROUTED, 80L,
                                        Measure.MATCHED, 79L,
                                        Measure.DISPATCHED, 84L,
                                        Measure.DELIVERED, 60L,
                                        Measure.DEAD_LETTERED, 14L,
                                        Measure.REMOVED, 1L,
                                        Measure.EXPIRED, 4L,
                                        Measure.FAILED_ATTEMPTS, 7L,
                                        Measure.UNMATCHED, 9L,
                                        Measure.DELIVERY_MILLIS, 2490L)),
                                "audit.ai",
                                Counts.of(Map.of(
                                        Measure.SAMPLED_OUT, 11L,
                                        Measure.EXPIRED_UNROUTED, 1L,
                                        Measure.INVALID, 2L))),
                        LatencyHistogram.NONE.with(40, 59).with(90, 1)),
                3);

        AdminApi.Answer answer = api.get("/stats");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text())
                .isEqualTo("{\"published\":94,\"delivered\":60,\"failed\":7,\"deadLettered\":15,\"inFlight\":6,"
                        + "\"avgDeliveryTimeMs\":41.5,\"p50DeliveryTimeMs\":40,\"p99DeliveryTimeMs\":90,"
                        + "\"topicDistribution\":{\"audit.ai\":14,\"audit.user\":80},"
                        + "\"successRate\":0.75,\"sampledOut\":11,\"expired\":5,\"unmatched\":9,\"quarantined\":3,"
                        + "\"window\":\"24h\"}");
    }

    @Test
    void theSuccessRateIsOneWhereNothingHasEnded() {
        assertThat(api.get("/stats").json().path("successRate").doubleValue()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @CsvSource({"1h,PT1H", "24h,PT24H", "7d,P7D", "15m,PT15M", "90s,PT90S", "999999d,P999999D"})
    void theWindowBeginsThatLongAgo(String window, Duration length) {
        AdminApi.Answer answer = api.get("/stats?window=" + window);

        assertThat(answer.json().path("window").textValue()).isEqualTo(window);
        assertThat(api.store.statsSince).isEqualTo(AdminApi.NOW.minus(length));
    }

    @Test
    void theWindowOfAllBeginsWithTheEpoch() {
        assertThat(api.get("/stats?window=all").status()).isEqualTo(200);
        assertThat(api.store.statsSince).isEqualTo(Instant.EPOCH);
    }

    @Test
    void withoutAWindowADayIsCounted() {
        assertThat(api.get("/stats").status()).isEqualTo(200);
        assertThat(api.store.statsSince).isEqualTo(AdminApi.NOW.minus(Duration.ofDays(1)));
    }
}
