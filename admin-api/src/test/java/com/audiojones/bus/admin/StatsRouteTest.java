package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

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
    void everyCountOfTheStoreIsInTheAnswer() {
        api.store.stats = new StoreStats(100, 60, 7, 15, 3, 5, 11, 2, 41.5, Map.of("audit.user", 80L, "audit.ai", 20L));

        AdminApi.Answer answer = api.get("/stats");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text())
                .isEqualTo("{\"published\":100,\"delivered\":60,\"failed\":7,\"deadLettered\":15,\"inFlight\":3,"
                        + "\"avgDeliveryTimeMs\":41.5,\"topicDistribution\":{\"audit.ai\":20,\"audit.user\":80},"
                        + "\"successRate\":0.75,\"sampledOut\":11,\"expired\":5,\"quarantined\":2,\"window\":\"24h\"}");
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
