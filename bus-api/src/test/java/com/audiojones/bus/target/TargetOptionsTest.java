package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.Golden;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetOptionsTest {

    private static final Instant NOW = Instant.parse("2025-11-11T10:00:00Z");
    private static final String SIGNING_KEY =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    @Test
    void optionsAreWrittenAsAgreed() throws InvalidTargetException, JsonProcessingException {
        Target target = TargetCodec.fromJson("tgt_1", bytes(Golden.text("target-options.json")));

        Golden.assertSame("target-options.json", new String(TargetCodec.toJson(target), StandardCharsets.UTF_8));
        assertThat(target.options())
                .isEqualTo(new TargetOptions(
                        true,
                        List.of(new PreviousSecret(
                                new Secret("the-secret-before-this-one-32-characters"), NOW.plusSeconds(86_400))),
                        new Secret(SIGNING_KEY),
                        PayloadFilter.of(new ObjectMapper().readTree("{\"payload.amount\":{\"$gte\":100}}")),
                        Map.of("X-Team", "ops", "Authorization", "Bearer abc"),
                        Duration.ofMillis(1500),
                        0.5,
                        8,
                        RetryPolicy.EXTENDED,
                        new Simulation(503, Duration.ofSeconds(2), false, 0.25)));
    }

    @Test
    void aTargetWithoutOptionsHasNone() throws InvalidTargetException {
        assertThat(options("")).isEqualTo(TargetOptions.NONE);
        assertThat(options(",\"paused\":null,\"headers\":{},\"filter\":null,\"retry\":\"standard\",\"simulate\":null"))
                .isEqualTo(TargetOptions.NONE);
        assertThat(options(",\"timeout\":\"10s\"").timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws InvalidTargetException {
        Random random = new Random(20_251_111);
        for (int i = 0; i < 1000; i++) {
            Target target = TargetCodec.fromRequest("t", bytes("{\"url\":\"https://a.b/\"}"), NOW)
                    .withOptions(anyOptions(random));

            byte[] json = TargetCodec.toJson(target);

            assertThat(TargetCodec.fromJson("t", json)).as("run %d", i).isEqualTo(target);
            assertThat(TargetCodec.toJson(TargetCodec.fromJson("t", json))).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"paused\":1 | paused: expected true or false, got 1",
                "\"timeout\":\"999ms\" | timeout: expected a duration such as 1500ms or 5s, from 1s to 30s, got \"999ms\"",
                "\"timeout\":\"31s\" | timeout: expected a duration",
                "\"timeout\":5 | timeout: expected a duration",
                "\"timeout\":\"1m\" | timeout: expected a duration",
                "\"timeout\":\"99999999999999999999s\" | timeout: expected a duration",
                "\"rate_per_second\":0.009 | rate_per_second: expected a number from 0.01 to 10000, got 0.009",
                "\"rate_per_second\":10001 | rate_per_second: expected a number",
                "\"rate_per_second\":1e999 | rate_per_second: expected a number",
                "\"rate_per_second\":\"5\" | rate_per_second: expected a number",
                "\"max_in_flight\":0 | max_in_flight: expected a whole number from 1 to 1000, got 0",
                "\"max_in_flight\":1.5 | max_in_flight: expected a whole number",
                "\"max_in_flight\":4294967297 | max_in_flight: expected a whole number",
                "\"retry\":\"EXTENDED\" | retry: expected standard or extended, got \"EXTENDED\"",
                "\"retry\":[] | retry: expected standard or extended, got []",
                "\"signing_key\":\"whsec_abc\" | signing_key: expected whsk_ and the base64 of 64 bytes",
                "\"signing_key\":\"whsk_%%\" | signing_key: expected whsk_ and the base64 of 64 bytes, the seed and the public key, got text that is no base64",
                "\"signing_key\":\"whsk_AAAA\" | signing_key: expected whsk_ and the base64 of 64 bytes, the seed and the public key, got 3 bytes",
                "\"signing_key\":7 | signing_key: expected whsk_",
                "\"filter\":{} | filter: expected an object with at least one condition, got {}",
                "\"filter\":{\"payload.a\":{\"$like\":1}} | filter.payload.a.$like: expected one of $eq, $ne",
                "\"simulate\":\"503\" | simulate: expected an object of status, delay, drop and rate, got \"503\"",
                "\"simulate\":{} | simulate: expected a status, a delay, or drop, and not both status and drop, got {}",
                "\"simulate\":{\"status\":500,\"drop\":true} | simulate: expected a status, a delay, or drop",
                "\"simulate\":{\"status\":99} | simulate.status: expected a whole number from 200 to 599, got 99",
                "\"simulate\":{\"delay\":\"61s\"} | simulate.delay: expected a duration such as 1500ms or 5s, from 0s to 60s",
                "\"simulate\":{\"drop\":true,\"rate\":1.5} | simulate.rate: expected a number from 0 to 1, got 1.5",
                "\"simulate\":{\"drop\":true,\"rat\":1} | simulate.rat: expected one of status, delay, drop, rate",
                "\"previous_secrets\":[] | previous_secrets: expected one of url, secret",
                "\"secret\":\"whsec_this-is-no-base64-at-all-really!\" | secret: expected base64 after whsec_, got another text"
            })
    void whatAPersonGotWrongIsNamed(String member, String reason) {
        assertThatThrownBy(() -> options("," + member))
                .isInstanceOf(InvalidTargetException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertThatThrownBy(() -> options(",\"timeout\":0,\"retry\":0,\"colour\":0,\"headers\":{\"Host\":\"a\"}"))
                .hasMessageContaining("timeout: ")
                .hasMessageContaining("retry: ")
                .hasMessageContaining("colour: ")
                .hasMessageContaining("headers.Host: ");
    }

    @Test
    void ofManyProblemsTheFirstAreNamedAndTheRestCounted() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            members.append(",\"f\\n").append(i).append("\":1");
        }

        assertThatThrownBy(() -> options(members.toString()))
                .message()
                .startsWith("f?0: expected one of url, ")
                .endsWith("; target: expected no problems, got 4950 more")
                .hasSizeLessThan(20_000);
    }

    @Test
    void aStoredSecretWhoseBase64IsBrokenStaysReadable() throws InvalidTargetException {
        String secret = "whsec_this-is-no-base64-at-all-really!";

        Target target =
                TargetCodec.fromJson("t", bytes("{\"url\":\"https://a.b/\",\"secret\":\"" + secret + "\",\"x\":1}"));

        assertThat(target.secret()).isEqualTo(new Secret(secret));
        assertThat(TargetCodec.changed(target, bytes("{\"description\":\"d\"}"), NOW)
                        .description())
                .isEqualTo("d");
    }

    @Test
    void aSigningKeyOfTwoHalvesThatDoNotBelongTogetherIsRefusedAndNotRepeated() {
        String other = SIGNING_KEY.substring(0, 60) + "AAAA" + SIGNING_KEY.substring(64);

        assertThatThrownBy(() -> options(",\"signing_key\":\"" + other + "\""))
                .hasMessageContaining("signing_key: expected a seed and its public key")
                .hasMessageNotContaining("6Xb");
    }

    @Test
    void aTargetOf64KibibytesIsRefused() {
        StringBuilder patterns = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            patterns.append(i == 0 ? "" : ",")
                    .append("\"")
                    .append("a".repeat(120))
                    .append(i)
                    .append("\"");
        }
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            headers.append(i == 0 ? "" : ",").append("\"X-" + "n".repeat(90) + i + "\":\"" + "v".repeat(1000) + "\"");
        }
        StringBuilder values = new StringBuilder("\"\"");
        for (int i = 0; i < 49; i++) {
            values.append(",\"").append("ü".repeat(490)).append("\"");
        }

        assertThatThrownBy(() -> options(",\"events\":[" + patterns + "],\"headers\":{" + headers
                        + "},\"filter\":{\"payload.a\":{\"$in\":[" + values + "]}}"))
                .hasMessageContaining("target: expected at most 65535 bytes as JSON, got ");
    }

    private static TargetOptions anyOptions(Random random) {
        ObjectNode filter = new ObjectMapper().createObjectNode();
        filter.put("payload.b", random.nextInt(3));
        filter.putObject("payload.a").put("$lt", random.nextInt(1000) / 8.0).put("$ne", "x" + random.nextInt(9));
        Map<String, String> headers = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.put("X-" + random.nextInt(100), "value \"" + random.nextInt() + "\\");
        }
        return new TargetOptions(
                random.nextBoolean(),
                random.ints(random.nextInt(4), 0, 1_000_000)
                        .mapToObj(i -> new PreviousSecret(new Secret("secret ü " + i), NOW.plusMillis(i)))
                        .toList(),
                random.nextBoolean() ? null : new Secret(SIGNING_KEY),
                random.nextBoolean() ? null : PayloadFilter.of(filter),
                headers,
                random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(1000, 30_001)),
                random.nextBoolean() ? null : random.nextDouble(0.01, 10_000),
                random.nextBoolean() ? null : random.nextInt(1, 1001),
                RetryPolicy.values()[random.nextInt(2)],
                random.nextBoolean() ? null : anySimulation(random));
    }

    private static Simulation anySimulation(Random random) {
        boolean drop = random.nextBoolean();
        return new Simulation(
                drop ? null : random.nextInt(200, 600),
                Duration.ofMillis(random.nextInt(60_001)),
                drop,
                random.nextBoolean() ? 1 : random.nextDouble());
    }

    private static TargetOptions options(String members) throws InvalidTargetException {
        return TargetCodec.fromRequest("t", bytes("{\"url\":\"https://a.b/\"" + members + "}"), NOW)
                .options();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
