package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.store.StatsStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesRouteTest {

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
    void everyFigureOfAStepIsInTheAnswer() {
        Counts counts = Counts.of(Map.of(
                Measure.ROUTED, 10L,
                Measure.SAMPLED_OUT, 3L,
                Measure.MATCHED, 10L,
                Measure.DISPATCHED, 12L,
                Measure.DELIVERED, 6L,
                Measure.DEAD_LETTERED, 2L,
                Measure.EXPIRED, 1L,
                Measure.FAILED_ATTEMPTS, 5L));
        api.store.series.add(new StatsStep(
                Instant.parse("2026-03-01T11:30:00Z"),
                EventBusMetrics.of(
                        Map.of("audit.user", counts),
                        LatencyHistogram.NONE.with(40, 5).with(90, 1))));

        assertThat(api.get("/stats/series?window=1h&step=5m").text())
                .isEqualTo("{\"window\":\"1h\",\"step\":\"5m\",\"points\":[{\"time\":\"2026-03-01T11:30:00.000Z\","
                        + "\"published\":13,\"delivered\":6,\"failed\":5,\"deadLettered\":2,\"sampledOut\":3,"
                        + "\"expired\":1,\"inFlight\":3,\"p50DeliveryTimeMs\":40,\"p95DeliveryTimeMs\":90,"
                        + "\"p99DeliveryTimeMs\":90}]}");
    }

    @Test
    void theFirstStepIsWhole() {
        assertThat(api.get("/stats/series?window=50m&step=15m").status()).isEqualTo(200);

        assertThat(api.store.seriesSince).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(api.store.seriesStep).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void withoutParametersItIsAnHourByMinutes() {
        assertThat(api.get("/stats/series").status()).isEqualTo(200);

        assertThat(api.store.seriesSince).isEqualTo(AdminApi.NOW.minus(Duration.ofHours(1)));
        assertThat(api.store.seriesStep).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            window=all | window: expected a duration such as 1m, 15m, 1h or 7d, got 'all'
            step=90s | step: expected whole minutes such as 1m, 15m or 1h, got '90s'
            step=0m | step: expected a duration such as 1m, 15m, 1h or 7d, got '0m'
            window=7d | step: expected at most 1500 steps in a window of 7d, got more with '1m'
            since=1h | query: expected one of window, step, got 'since'
            """)
    void whatCannotBeDrawnIsRefused(String query, String sentence) {
        AdminApi.Answer answer = api.get("/stats/series?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").textValue()).isEqualTo(sentence);
    }
}
