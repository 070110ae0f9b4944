package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.store.StoreStats;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private AdminApi api;

    @BeforeEach
    void start() {
        api = AdminApi.withSharedSecret();
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats", "/health", "/events", "/events/evt-1", "/targets", "/targets/tgt_1"})
    void aStoreThatDoesNotAnswerIs503AndLaterFine(String path) {
        int before = api.get(path).status();
        api.store.unavailable = true;

        AdminApi.Answer answer = api.get(path);

        assertUnavailable(answer, "store");
        assertThat(answer.text()).doesNotContain("SQLITE").doesNotContain("store.db");
        api.store.unavailable = false;
        assertThat(api.get(path).status()).isEqualTo(before);
    }

    @Test
    void aTargetThatKafkaDoesNotTakeIsTakenBack() {
        api.feed.unavailable = true;

        AdminApi.Answer answer = api.post("/targets", "{\"url\":\"https://example.com/hook\"}");

        assertUnavailable(answer, "Kafka");
        assertThat(api.store.targets.all()).isEmpty();
    }

    @Test
    void aDeletionThatKafkaDoesNotTakeChangesNothing() {
        String id = api.post("/targets", "{\"url\":\"https://example.com/hook\"}")
                .json()
                .path("id")
                .textValue();
        api.feed.unavailable = true;

        assertUnavailable(api.delete("/targets/" + id), "Kafka");

        assertThat(api.get("/targets/" + id).status()).isEqualTo(200);
        api.feed.unavailable = false;
        assertThat(api.delete("/targets/" + id).status()).isEqualTo(204);
    }

    @Test
    void aReplayThatKafkaDoesNotTakeIs503() {
        api.lanes.sendException = new TimeoutException("Expiring 1 record(s) for bus.lane.standard-0");

        assertUnavailable(api.post("/replay", "{\"eventId\":\"evt-1\"}"), "Kafka");
    }

    @Test
    void whatNobodyForesawIsAnOpaque500() {
        api.store.beforeEveryCall = () -> {
            throw new IllegalStateException("the inside at com.audiojones.bus");
        };

        AdminApi.Answer answer = api.get("/stats");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").textValue())
                .matches("server: expected to answer, but failed for a reason of its own; its log says more at"
                        + " err_[0-9a-f]{8}");
    }

    @Test
    void anErrorOfTheVirtualMachineIsAnOpaque500Too() {
        api.store.beforeEveryCall = () -> {
            throw new StackOverflowError("the inside at com.audiojones.bus");
        };

        AdminApi.Answer answer = api.get("/stats");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).doesNotContain("inside").contains("err_");
    }

    @Test
    void aFailureLeavesNothingBehind() {
        api.store.unavailable = true;
        api.get("/stats");
        api.store.unavailable = false;
        api.store.stats = new StoreStats(api.store.stats.events(), 1);

        assertThat(api.get("/stats").json().path("quarantined").intValue()).isEqualTo(1);
    }

    private static void assertUnavailable(AdminApi.Answer answer, String what) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("5");
        assertThat(answer.text())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\""
                        + what + ": expected an answer in time, got none; try again later\"}");
    }
}
