package com.audiojones.bus.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.Golden;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetCodecTest {

    private static final Instant NOW = Instant.parse("2025-11-11T10:00:00Z");
    private static final String SECRET = "your-shared-secret-32-chars-minimum";

    @Test
    void targetsAreWrittenAsAgreed() throws InvalidTargetException {
        Target target = TargetCodec.fromJson("tgt_1", bytes(Golden.text("target.json")));

        Golden.assertSame("target.json", new String(TargetCodec.toJson(target), StandardCharsets.UTF_8));
    }

    @Test
    void aDocumentOfAnotherSystemIsValid() throws InvalidTargetException {
        Target target = TargetCodec.fromJson(
                "x",
                bytes(
                        "{\"url\":\"https://example.com/webhook\",\"secret\":\"" + SECRET
                                + "\",\"active\":true,\"events\":[\"status_change\",\"capacity_alert\"],"
                                + "\"description\":\"Production monitoring\",\"created_at\":\"2025-11-11T10:00:00.000Z\",\"owner\":\"ops\"}"));

        assertThat(target.wants("status_change", "status_change")).isTrue();
        assertThat(target.wants("alert_triggered", "alert_triggered")).isFalse();
        assertThat(target.version()).isEqualTo(1);
        assertThat(target.createdAt()).isEqualTo(NOW);
    }

    @Test
    void aTargetWithoutFilterWantsEverythingUnlessInactive() throws InvalidTargetException {
        String url = "\"url\":\"https://example.com/\"";

        assertThat(TargetCodec.fromRequest("x", bytes("{" + url + "}"), NOW).wants("a", "a"))
                .isTrue();
        assertThat(TargetCodec.fromRequest("x", bytes("{" + url + ",\"active\":false}"), NOW)
                        .wants("a", "a"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | target: expected a JSON object, got: Unrecognized token",
                "[] | target: expected a JSON object, got ARRAY",
                "{} | url: expected an absolute http or https URL without user info, at most 2048 characters, got nothing",
                "{\"url\":7} | url: expected an absolute http or https URL",
                "{\"url\":\"ftp://example.com/\"} | url: expected an absolute http or https URL",
                "{\"url\":\"https://a.b:99999/\"} | url: expected a port from 1 to 65535, got",
                "{\"url\":\"https://a.b:0/\"} | url: expected a port from 1 to 65535, got",
                "{\"url\":\"/hook\"} | url: expected an absolute http or https URL",
                "{\"url\":\"https://u:p@example.com/\"} | url: expected an absolute http or https URL without user info",
                "{\"url\":\"https://exa mple.com/\"} | url: expected an absolute http or https URL",
                "{\"url\":\"https://a.b/\",\"secret\":\"short\"} | secret: expected at least 32 characters, got 5 characters",
                "{\"url\":\"https://a.b/\",\"active\":\"yes\"} | active: expected true or false, got \"yes\"",
                "{\"url\":\"https://a.b/\",\"events\":\"all\"} | events: expected a list of at most 200 patterns, got \"all\"",
                "{\"url\":\"https://a.b/\",\"events\":[\"a b\"]} | events[0]: pattern: expected segments",
                "{\"url\":\"https://a.b/\",\"events\":[1]} | events[0]: expected a pattern",
                "{\"url\":\"https://a.b/\",\"event\":[\"a\"]} | event: expected one of url, secret, active, events"
            })
    void whatAPersonGotWrongIsNamed(String json, String reason) {
        assertThatThrownBy(() -> TargetCodec.fromRequest("x", bytes(json), NOW))
                .isInstanceOf(InvalidTargetException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyProblemIsNamedAndNoSecretIsRepeated() {
        assertThatThrownBy(() ->
                        TargetCodec.fromRequest("x", bytes("{\"url\":\"x\",\"secret\":\"hunter2\",\"active\":1}"), NOW))
                .hasMessageContaining("url: ")
                .hasMessageContaining("secret: ")
                .hasMessageContaining("active: ")
                .hasMessageNotContaining("hunter2");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
