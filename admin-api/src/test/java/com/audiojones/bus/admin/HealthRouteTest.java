package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.store.StoreStats;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthRouteTest {

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
    void aBusWithoutIssuesIsHealthyAndSaysWhichTopicsAreQuiet() {
        AdminApi.Answer answer = api.get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .startsWith("{\"status\":\"healthy\",\"issues\":[],\"strayTopics\":[],\"quietTopics\":[\"audit.user\",")
                .endsWith("\"window\":\"24h\"}");
        assertThat(answer.json().path("quietTopics")).hasSize(16);
    }

    @Test
    void issuesAndStrayTopicsAreThere() {
        api.strays.add("audit.billing");
        api.store.stats = new StoreStats(
                EventBusMetrics.of(
                        Map.of(
                                "audit.user",
                                Counts.of(Map.of(
                                        Measure.ROUTED, 2_000L, Measure.MATCHED, 2_000L, Measure.DISPATCHED, 2_000L)),
                                "audit.org",
                                Counts.of(Map.of(Measure.ROUTED, 1L, Measure.MATCHED, 1L, Measure.UNMATCHED, 1L))),
                        LatencyHistogram.NONE),
                0);

        AdminApi.Answer answer = api.get("/health?window=1h");

        assertThat(answer.json().path("status").textValue()).isEqualTo("degraded");
        assertThat(answer.json().path("issues")).hasSize(2);
        assertThat(answer.json().path("strayTopics").get(0).textValue()).isEqualTo("audit.billing");
        assertThat(answer.json().path("quietTopics")).hasSize(14);
        assertThat(answer.json().path("window").textValue()).isEqualTo("1h");
        assertThat(api.store.statsSince).isEqualTo(AdminApi.NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void aWindowThatIsNoneIsRefused() {
        assertThat(api.get("/health?window=soon").status()).isEqualTo(400);
    }
}
