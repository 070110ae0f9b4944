package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AdminSettingsTest {

    private static final Map<String, String> KEY = Map.of("ADMIN_KEY", "an-admin-key-0123");

    @Test
    void withNothingButAKeyItListensOnLoopback() {
        Settings in = Settings.open(null, KEY, Map.of());

        AdminSettings settings = AdminSettings.read(in);

        in.check();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.key()).isEqualTo(new Secret("an-admin-key-0123"));
        assertThat(settings.sharedSecret()).isNull();
        assertThat(settings.addresses().httpToLoopback()).isFalse();
        assertThat(settings.secretOverlap()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.allowSimulate()).isFalse();
        assertThat(settings.dashboardHosts()).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnce() {
        Settings in = Settings.open(
                null, Map.of("ADMIN_KEY", "short", "AJ_WEBHOOK_SHARED_SECRET", "short"), Map.of("admin.port", "65536"));

        AdminSettings.read(in);

        assertThatThrownBy(in::check).isInstanceOf(ConfigException.class).hasMessage("""
                        admin.port: expected a whole number from 0 to 65535, got '65536'
                        admin.key (ADMIN_KEY): expected at least 16 characters, got 5
                        webhook.shared-secret (AJ_WEBHOOK_SHARED_SECRET): expected at least 32 characters, got 5""");
    }

    @Test
    void rolesThatDoNotServeTheApiNeedNoKey() {
        Settings in = Settings.open(null, Map.of("ADMIN_KEY", ""), Map.of());

        AdminSettings settings = AdminSettings.read(in);

        in.check();
        assertThat(settings.key()).isNull();
    }

    @Test
    void theReadmeNamesEverySettingWithItsDefaultAndNoOther() throws IOException {
        Settings in = Settings.open(
                null, Map.of("ADMIN_KEY", "k".repeat(16), "AJ_WEBHOOK_SHARED_SECRET", "s".repeat(32)), Map.of());
        AdminSettings.read(in);

        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("(?m)^\\| `(\\w+\\.[a-z-]+)` \\| ([^|]*) \\|")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));

        Map<String, String> expected = new TreeMap<>();
        in.effective().forEach((key, value) -> expected.put(key, shown(value)));
        assertThat(documented).isEqualTo(expected);
    }

    private static String shown(String value) {
        return value.isEmpty() || value.equals("[]") || value.equals("****") ? "none" : "`" + value + "`";
    }
}
