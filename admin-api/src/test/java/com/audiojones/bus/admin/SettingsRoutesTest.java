package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.live.LiveSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsRoutesTest {

    private final AdminApi api = AdminApi.withoutSharedSecret();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatIsInForceIsShownAsItIsWritten() {
        AdminApi.Answer answer = api.get("/settings");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"priorities\":{},\"retry-waits\":{\"P0\":[\"2s\",\"4s\",\"8s\",\"16s\"],"
                        + "\"P1\":[\"2s\",\"4s\"],\"P2\":[\"2s\",\"4s\"],\"P3\":[\"5s\"]},"
                        + "\"sampling\":{\"audit.data.query\":0.1,\"audit.performance\":0.05},"
                        + "\"time-to-live\":{\"P1\":\"1h\",\"P2\":\"15m\",\"P3\":\"5m\"}}");
    }

    @Test
    void aSettingIsReplacedAsAWholeAndSetBack() {
        assertThat(api.put("/settings/sampling", "{\"audit.ai\":0.5}").text()).isEqualTo("{\"audit.ai\":0.5}");
        assertThat(api.get("/settings/sampling").text()).isEqualTo("{\"audit.ai\":0.5}");
        assertThat(api.live.get().samplingRate("audit.data.query")).isEqualTo(1);

        assertThat(api.delete("/settings/sampling").status()).isEqualTo(200);
        assertThat(api.live.get().samplingRate("audit.data.query")).isEqualTo(0.1);
    }

    @Test
    void aPriorityThatIsLeftOutHasItsDefault() {
        assertThat(api.put("/settings/time-to-live", "{\"P3\":\"90s\"}").text())
                .isEqualTo("{\"P1\":\"1h\",\"P2\":\"15m\",\"P3\":\"90s\"}");
        assertThat(api.live.get().timeToLive(Priority.P3)).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sampling | {\"audit.ai\":1.5} | sampling.audit.ai: expected 0, or a number from 1.0E-6 to 1, got 1.5",
                "sampling | {\"audit.*\":0.5} | sampling.audit.*: expected the beginning of an event's name: letters, digits, _ and - in segments separated by dots, without *",
                "priorities | {\"a\":{\"priority\":\"P9\"}} | priorities.a: expected {\"priority\": \"P0\" to \"P3\", \"forced\": true or false}, got {\"priority\":\"P9\"}",
                "time-to-live | {\"P0\":\"1h\"} | time-to-live.P0: expected nothing, since P0 never expires, got \"1h\"",
                "retry-waits | {\"P1\":[\"40h\"]} | retry-waits.P1: expected a duration such as 500ms, 10s, 5m or 1h, at most 24h, got \"40h\""
            })
    void whatCannotBeUsedIsRefusedAndNothingChanges(String setting, String json, String reason) {
        AdminApi.Answer answer = api.put("/settings/" + setting, json);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").textValue()).isEqualTo(reason);
        assertThat(api.live.get()).isEqualTo(LiveSettings.DEFAULTS);
    }

    @Test
    void aSettingThatThereIsNotIsUnknown() {
        AdminApi.Answer answer = api.put("/settings/colour", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("detail").textValue())
                .isEqualTo("setting: expected one of sampling, priorities, time-to-live, retry-waits, got 'colour'");
    }
}
