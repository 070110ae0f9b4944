package com.audiojones.bus.admin;

import static com.audiojones.bus.admin.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetChangesTest {

    private static final String SECRET = "a-secret-of-the-client-32-chars-";
    private static final String NEWER = "another-secret-of-the-client-32-";
    private static final String SIGNING_KEY =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private static final String OPTIONS = """
            "paused":true,"signing_key":"%s","filter":{"payload.amount":{"$gte":100}},
            "headers":{"X-Team":"ops","Authorization":"Bearer hidden"},"timeout":"1500ms","rate_per_second":0.5,
            "max_in_flight":8,"retry":"extended\"""".formatted(SIGNING_KEY);

    private AdminApi api;
    private String path = "";

    @BeforeEach
    void start() {
        api = AdminApi.withoutSharedSecret();
        path = created("");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void optionsAreInForceAndShownWithoutSecrets() {
        AdminApi.Answer answer = api.get(created("," + OPTIONS));

        assertThat(inForce().options().headers()).isEqualTo(Map.of("X-Team", "ops", "Authorization", "Bearer hidden"));
        assertThat(inForce().options().signingKey()).isEqualTo(new Secret(SIGNING_KEY));
        assertThat(answer.text())
                .endsWith("\"secret_source\":\"own\",\"paused\":true,"
                        + "\"public_key\":\"whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=\","
                        + "\"filter\":{\"payload.amount\":{\"$gte\":100}},"
                        + "\"headers\":{\"Authorization\":\"****\",\"X-Team\":\"****\"},\"timeout\":\"1500ms\","
                        + "\"rate_per_second\":0.5,\"max_in_flight\":8,\"retry\":\"extended\"}")
                .doesNotContain("hidden")
                .doesNotContain(SECRET)
                .doesNotContain("whsk_");
    }

    @Test
    void aChangeSetsWhatItNamesAndIsInForceBeforeTheAnswer() {
        Target before = inForce();

        AdminApi.Answer answer = api.patch(path, "{\"active\":false,\"timeout\":\"5s\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(api.get(path).json());
        assertThat(answer.json().path("version").intValue()).isEqualTo(2);
        assertThat(inForce().active()).isFalse();
        assertThat(inForce().options().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(inForce().events()).isEqualTo(before.events());
        assertThat(inForce().secret()).isEqualTo(before.secret());
        assertThat(inForce().createdAt()).isEqualTo(before.createdAt());
        assertThat(api.store.targets.all()).containsExactly(inForce());
    }

    @Test
    void nullSetsAFieldBackToItsDefault() {
        api.patch(path, "{" + OPTIONS + "}");

        api.patch(path, """
                {"paused":null,"signing_key":null,"filter":null,"headers":null,"timeout":null,"rate_per_second":null,
                 "max_in_flight":null,"retry":null,"events":null,"description":null}""");

        assertThat(inForce().options()).isEqualTo(TargetOptions.NONE);
        assertThat(inForce().events()).isEmpty();
        assertThat(inForce().description()).isEmpty();
    }

    @Test
    void headersAreSetOneByOneSinceTheirValuesCannotBeRead() {
        api.patch(path, "{\"headers\":{\"X-Team\":\"ops\",\"X-Old\":\"1\",\"X-Kept\":\"2\"}}");

        api.patch(path, "{\"headers\":{\"x-team\":\"dev\",\"x-old\":null,\"X-Gone\":null}}");

        assertThat(inForce().options().headers()).isEqualTo(Map.of("X-Kept", "2", "x-team", "dev"));
        assertThat(inForce().options().retry()).isEqualTo(RetryPolicy.STANDARD);
    }

    @Test
    void aReplacedSecretGoesOnSigningForADay() {
        AdminApi.Answer answer = api.patch(path, "{\"secret\":\"" + NEWER + "\"}");

        assertThat(inForce().secret()).isEqualTo(new Secret(NEWER));
        assertThat(inForce().options().previousSecrets())
                .containsExactly(new PreviousSecret(new Secret(SECRET), AdminApi.NOW.plus(Duration.ofHours(24))));
        assertThat(answer.json().path("previous_secrets_until").toString()).isEqualTo("[\"2026-03-02T12:00:00.000Z\"]");
        assertThat(answer.text()).doesNotContain(SECRET).doesNotContain(NEWER);
    }

    @Test
    void makingTheSameChangeOfASecretAgainKeepsOnePreviousSecret() {
        api.patch(path, "{\"secret\":\"" + NEWER + "\"}");
        List<PreviousSecret> once = inForce().options().previousSecrets();

        api.patch(path, "{\"secret\":\"" + NEWER + "\"}");

        assertThat(inForce().options().previousSecrets()).isEqualTo(once).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\":null} | url: expected an absolute http or https URL",
                "{\"url\":\"https://10.0.0.1/\"} | url: address 10.0.0.1 is in the blocked range",
                "{\"allow_http\":true,\"url\":\"http://127.0.0.1/\"} | url: address 127.0.0.1 is in the blocked range",
                "{\"url\":\"http://example.com/\"} | url: expected https, got http",
                "{\"secret\":null} | secret: expected one, since there is no shared one to sign with, got null",
                "{\"headers\":{\"X-A\":\"sealed:abc\"}} | headers.X-A: expected a value that does not begin with 'sealed:', got one",
                "{\"secret\":\"short\"} | secret: expected at least 32 characters, got 5 characters",
                "{\"previous_secrets\":[]} | previous_secrets: expected one of url, secret",
                "{\"id\":\"tgt_other\"} | id: expected one of url, secret",
                "{\"version\":9} | version: expected one of url, secret",
                "{\"timeout\":0,\"retry\":1} | timeout: expected a duration such as 1500ms or 5s, from 1s to 30s, got 0; retry: expected",
                "{\"headers\":{\"webhook-id\":\"1\"}} | headers.webhook-id: expected a header that the bus does not set itself",
                "{\"headers\":[\"X-A\"]} | headers: expected an object of at most 20 headers, got another kind of JSON",
                "{\"filter\":{\"$where\":\"1\"}} | filter.$where: expected a path, $and, $or or $not, got another",
                "{\"simulate\":{\"status\":503}} | simulate: expected none, got some; the operator can allow it with webhook.allow-simulate"
            })
    void aChangeThatIsRefusedChangesNothing(String json, String reason) {
        Target before = inForce();

        AdminApi.Answer answer = api.patch(path, json);

        assertProblem(400, "Bad Request", answer);
        assertThat(answer.json().path("detail").textValue()).startsWith(reason);
        assertThat(api.store.targets.all()).containsExactly(before);
        assertThat(api.feed.published).containsExactly(before);
    }

    @Test
    void aTargetThatIsNotThereCannotBeChanged() {
        assertProblem(404, "Not Found", api.patch("/targets/tgt_unknown", "{\"paused\":true}"));
    }

    @Test
    void faultsAreTakenWhereTheOperatorAllowsThem() {
        try (AdminApi allowing = AdminApi.withSimulation()) {
            AdminApi.Answer answer = allowing.post("/targets", """
                    {"url":"https://example.com/hook","simulate":{"status":503,"delay":"2s","rate":0.25}}""");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().path("simulate").toString())
                    .isEqualTo("{\"status\":503,\"delay\":\"2s\",\"drop\":false,\"rate\":0.25}");
        }
        assertProblem(
                400,
                "Bad Request",
                api.post("/targets", "{\"url\":\"https://example.com/hook\",\"simulate\":{\"drop\":true}}"));
    }

    @Test
    void aTargetGoesBackToTheSharedSecret() {
        try (AdminApi shared = AdminApi.withSharedSecret()) {
            String id = shared.post("/targets", "{\"url\":\"https://example.com/hook\",\"secret\":\"" + SECRET + "\"}")
                    .json()
                    .path("id")
                    .textValue();

            AdminApi.Answer answer = shared.patch("/targets/" + id, "{\"secret\":null}");

            assertThat(answer.json().path("secret_source").textValue()).isEqualTo("shared");
            assertThat(shared.feed.published.getLast().options().previousSecrets())
                    .extracting(PreviousSecret::secret)
                    .containsExactly(new Secret(SECRET));
        }
    }

    @Test
    void aChangeThatKafkaDidNotTakeCanBeMadeAgain() {
        api.feed.unavailable = true;
        assertProblem(503, "Service Unavailable", api.patch(path, "{\"secret\":\"" + NEWER + "\"}"));
        api.feed.unavailable = false;

        AdminApi.Answer again = api.patch(path, "{\"secret\":\"" + NEWER + "\"}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(inForce().options().previousSecrets())
                .extracting(PreviousSecret::secret)
                .containsExactly(new Secret(SECRET));
    }

    private Target inForce() {
        return api.feed.published.getLast();
    }

    private String created(String members) {
        AdminApi.Answer answer = api.post("/targets", """
                {"url":"https://example.com/hook","secret":"%s","events":["status_*"],"description":"d"%s}""".formatted(SECRET, members));
        return "/targets/" + answer.json().path("id").textValue();
    }
}
