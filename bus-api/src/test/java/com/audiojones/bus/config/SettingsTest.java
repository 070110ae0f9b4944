package com.audiojones.bus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    private Path directory;

    @Test
    void commandLineWinsOverEnvironmentOverFileOverDefault() throws IOException {
        Path file = file("a.one = file\na.two = file\na.three = file");
        Settings settings = Settings.open(
                file, Map.of("AJ_BUS_A_ONE", "environment", "AJ_BUS_A_TWO", "environment"), Map.of("a.one", "line"));

        assertThat(settings.text("a.one", "default")).isEqualTo("line");
        assertThat(settings.text("a.two", "default")).isEqualTo("environment");
        assertThat(settings.text("a.three", "default")).isEqualTo("file");
        assertThat(settings.text("a.four", "default")).isEqualTo("default");
        settings.check();
    }

    @ParameterizedTest
    @CsvSource({"250ms", "1500ms", "10s", "90s", "5m", "24h", "36h"})
    void aDurationIsPrintedAsItCanBeSet(String text) {
        Settings asked = Settings.open(null, Map.of(), Map.of("a.wait", text));
        Duration value = asked.duration("a.wait", Duration.ofDays(9));
        Settings defaulted = Settings.open(null, Map.of(), Map.of());

        defaulted.duration("a.wait", value);

        assertThat(defaulted.effective()).containsEntry("a.wait", text).isEqualTo(asked.effective());
    }

    @Test
    void everyProblemIsReportedAtOnceUnknownKeysIncluded() throws IOException {
        Path file = file("router.batch = many\nrouter.btach = 7\ndispatcher { timeout = 10 }");
        Settings settings = Settings.open(file, Map.of("AJ_BUS_NOPE", "1"), Map.of("flag", "maybe"));
        settings.integer("router.batch", 1, 1, 10);
        settings.duration("dispatcher.timeout", Duration.ofSeconds(1));
        settings.flag("flag", true);
        settings.secret("admin.key", "ADMIN_KEY", 16);

        assertThatThrownBy(settings::check)
                .isInstanceOf(ConfigException.class)
                .hasMessage("router.batch: expected a whole number from 1 to 10, got 'many'\n"
                        + "dispatcher.timeout: expected a duration such as 500ms, 10s, 5m, 2h or 7d, got '10'\n"
                        + "flag: expected true or false, got 'maybe'\n"
                        + "AJ_BUS_NOPE: no such setting; see 'ajbus config' for all that there are\n"
                        + "router.btach: no such setting; see 'ajbus config' for all that there are");
    }

    @Test
    void secretsAreNeverPrinted() {
        Settings settings = Settings.open(null, Map.of("ADMIN_KEY", "too-short"), Map.of());

        Secret secret = settings.secret("admin.key", "ADMIN_KEY", 16);

        assertThat(secret).hasToString("****");
        assertThat(settings.effective()).containsEntry("admin.key", "****");
        assertThatThrownBy(settings::check).hasMessage("admin.key (ADMIN_KEY): expected at least 16 characters, got 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN_KEY_FILE", "AJ_BUS_ADMIN_KEY_FILE"})
    void aSecretMayBeInAFile(String variable) throws IOException {
        Path file = Files.writeString(directory.resolve("admin.key"), "a-key-of-16-chars\n");
        Settings settings = Settings.open(null, Map.of(variable, file.toString()), Map.of());

        Secret secret = settings.secret("admin.key", "ADMIN_KEY", 16);

        assertThat(secret).isEqualTo(new Secret("a-key-of-16-chars"));
        assertThat(settings.effective())
                .containsEntry("admin.key", "****")
                .containsEntry("admin.key-file", file.toString());
        settings.check();
    }

    @Test
    void aSecretsFileThatIsMissingOrBesideTheSecretIsASentence() {
        Settings missing = Settings.open(null, Map.of(), Map.of("admin.key-file", "no.key"));
        Settings both = Settings.open(
                null, Map.of("ADMIN_KEY", "a-key-of-16-chars"), Map.of("admin.key-file", directory.toString()));

        assertThat(missing.secret("admin.key", "ADMIN_KEY", 16)).isNull();
        both.secret("admin.key", "ADMIN_KEY", 16);

        assertThatThrownBy(missing::check)
                .hasMessage("admin.key (ADMIN_KEY): expected a file that can be read, got no.key: no such file");
        assertThatThrownBy(both::check)
                .hasMessage("admin.key (ADMIN_KEY): expected the secret or a file with it, got both");
    }

    @Test
    void clientSettingsThatWouldBreakAPromiseAreRefused() {
        Settings settings = Settings.open(
                null, Map.of(), Map.of("kafka.client.acks", "1", "kafka.client.security.protocol", "SSL"));

        KafkaSettings kafka = KafkaSettings.read(settings);

        assertThat(kafka.producer("p"))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("acks", "all");
        assertThatThrownBy(settings::check)
                .hasMessage("kafka.client.acks: expected to be left out, the bus's promises rest on its own value");
    }

    @Test
    void aFileThatIsNotThereOrNoSettingsFileIsOneSentence() throws IOException {
        Path missing = directory.resolve("missing.conf");
        Path broken = file("a = {");

        assertThatThrownBy(() -> Settings.open(missing, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("settings file " + missing + ": expected a readable file, found none");
        assertThatThrownBy(() -> Settings.open(broken, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("settings file " + broken + ": ");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("bus.conf"), content);
    }
}
