package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.delivery.TargetState.Breaker;
import com.audiojones.bus.delivery.TargetState.Status;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetRoutesTest {

    private static final String SECRET = "a-secret-of-the-client-32-chars-";

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
    void aNewTargetIsStoredAndInForceBeforeTheAnswer() {
        AdminApi.Answer answer = api.post("/targets", """
                {"url":"https://example.com/hook","secret":"%s","active":false,
                 "events":["status_*","audit.user"],"description":"Production"}""".formatted(SECRET));

        String id = answer.json().path("id").textValue();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo(AdminApi.BASE + "/targets/" + id);
        assertThat(id).matches("tgt_[0-9a-f]{32}");
        assertThat(answer.text())
                .isEqualTo(
                        "{\"id\":\"" + id + "\",\"url\":\"https://example.com/hook\",\"active\":false,"
                                + "\"events\":[\"status_*\",\"audit.user\"],\"description\":\"Production\","
                                + "\"created_at\":\"2026-03-01T12:00:00.000Z\",\"updated_at\":\"2026-03-01T12:00:00.000Z\","
                                + "\"version\":1,\"allow_http\":false,\"secret_source\":\"own\",\"paused\":false,\"retry\":\"standard\"}");
        assertThat(api.store.targets.all()).containsExactlyElementsOf(api.feed.published);
        assertThat(api.feed.published).extracting(Target::secret).containsExactly(new Secret(SECRET));
    }

    @Test
    void aSecretIsMadeAndShownOnceWhereNoneSigns() {
        AdminApi.Answer created = api.post("/targets", "{\"url\":\"https://example.com/hook\"}");

        String secret = created.json().path("secret").textValue();
        assertThat(secret).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
        assertThat(api.feed.published).extracting(Target::secret).containsExactly(new Secret(secret));
        assertThat(api.get("/targets").text()).doesNotContain(secret);
        assertThat(api.get("/targets/" + created.json().path("id").textValue()).text())
                .doesNotContain(secret)
                .contains("\"secret_source\":\"own\"");
    }

    @Test
    void noTwoTargetsGetTheSameSecretOrId() {
        api.post("/targets", "{\"url\":\"https://example.com/hook\"}");
        api.post("/targets", "{\"url\":\"https://example.com/hook\"}");

        assertThat(api.feed.published).extracting(Target::id).doesNotHaveDuplicates();
        assertThat(api.feed.published)
                .extracting(target -> Objects.requireNonNull(target.secret()).reveal())
                .doesNotHaveDuplicates();
    }

    @Test
    void noSecretIsMadeWhereTheSharedOneSigns() {
        try (AdminApi shared = AdminApi.withSharedSecret()) {
            AdminApi.Answer answer = shared.post("/targets", "{\"url\":\"https://example.com/hook\"}");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().path("secret_source").textValue()).isEqualTo("shared");
            assertThat(answer.json().has("secret")).isFalse();
            assertThat(shared.feed.published).extracting(Target::secret).containsExactly((Secret) null);
        }
    }

    @Test
    void theListHasEveryTargetOldestFirstAndNoSecret() {
        api.post("/targets", "{\"url\":\"https://example.com/1\",\"secret\":\"" + SECRET + "\"}");
        api.post("/targets", "{\"url\":\"https://example.com/2\"}");

        AdminApi.Answer answer = api.get("/targets");

        assertThat(answer.json().path("targets").findValuesAsText("url"))
                .containsExactly("https://example.com/1", "https://example.com/2");
        assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("whsec_");
    }

    @Test
    void oneTargetLooksAsInTheList() {
        String id = api.post("/targets", "{\"url\":\"https://example.com/hook\"}")
                .json()
                .path("id")
                .textValue();

        JsonNode listed = api.get("/targets").json().path("targets").get(0);

        assertThat(api.get("/targets/" + id).json()).isEqualTo(listed);
    }

    @Test
    void aDeletedTargetIsOutOfForceBeforeTheAnswer() {
        String id = api.post("/targets", "{\"url\":\"https://example.com/hook\"}")
                .json()
                .path("id")
                .textValue();

        AdminApi.Answer answer = api.delete("/targets/" + id);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        assertThat(api.feed.deleted).containsExactly(id);
        assertThat(api.store.targets.all()).isEmpty();
        assertThat(api.delete("/targets/" + id).status()).isEqualTo(404);
        assertThat(api.get("/targets/" + id).status()).isEqualTo(404);
    }

    @Test
    void aTargetMadeForAReplayIsNeitherListedNorFoundNorDeleted() {
        Target hidden = new Target(
                "tgt_hidden",
                "https://example.com/once",
                null,
                true,
                List.of(),
                "",
                AdminApi.NOW,
                AdminApi.NOW,
                1,
                false,
                AdminApi.NOW.plusSeconds(60),
                TargetOptions.NONE);
        api.store.targets.save(hidden);

        assertThat(api.get("/targets").text()).isEqualTo("{\"targets\":[]}");
        assertThat(api.get("/targets/tgt_hidden").status()).isEqualTo(404);
        assertThat(api.delete("/targets/tgt_hidden").status()).isEqualTo(404);
        assertThat(api.feed.deleted).isEmpty();
    }

    @Test
    void aBodyWithoutContentTypeIsTaken() {
        AdminApi.Answer answer = api.send(
                api.request("/targets").POST(BodyPublishers.ofString("{\"url\":\"https://example.com/hook\"}")));

        assertThat(answer.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"url":"https://example.com/hook"} | null
            {"url":"http://example.com/hook"} | "url: expected https, got http; set allow_http on the target to send in clear"
            {} | "url: expected an absolute http or https URL without user info, at most 2048 characters, got nothing: the field is missing"
            """)
    void aTargetIsCheckedWithoutBeingMade(String json, String problem) {
        AdminApi.Answer answer = api.post("/targets/check", json);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"problem\":" + problem + "}");
        assertThat(api.store.targets.all()).isEmpty();
    }

    @Test
    void aChangeIsCheckedWithoutBeingMade() {
        String id = api.post("/targets", "{\"url\":\"https://example.com/hook\"}")
                .json()
                .path("id")
                .textValue();

        assertThat(api.post("/targets/" + id + "/check", "{\"retry\":\"never\"}")
                        .text())
                .startsWith("{\"problem\":\"retry: expected ");
        assertThat(api.post("/targets/" + id + "/check", "{\"paused\":true}").text())
                .isEqualTo("{\"problem\":null}");
        assertThat(api.get("/targets/" + id).json().path("version").longValue()).isEqualTo(1);
        assertThat(api.post("/targets/tgt_none/check", "{}").status()).isEqualTo(404);
    }

    @Test
    void whatDispatchersFoundOutIsToldByTarget() {
        Instant then = Instant.parse("2026-03-01T11:59:00Z");
        api.states.put(
                "tgt_1",
                new TargetState(Status.ACTIVE, 3, null, then, Breaker.OPEN, AdminApi.NOW, null, 4, 17, "d1", then));

        assertThat(api.get("/target-states").text())
                .isEqualTo("{\"states\":{\"tgt_1\":{\"status\":\"active\",\"target_version\":3,\"reason\":null,"
                        + "\"failing_since\":\"2026-03-01T11:59:00.000Z\",\"breaker\":\"open\","
                        + "\"open_until\":\"2026-03-01T12:00:00.000Z\",\"not_before\":null,\"cap\":4,\"parked\":17,"
                        + "\"updated_at\":\"2026-03-01T11:59:00.000Z\"}}}");
    }
}
