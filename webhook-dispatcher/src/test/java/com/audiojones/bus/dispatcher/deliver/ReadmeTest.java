package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.dispatcher.DispatcherSettings;
import com.audiojones.bus.lane.Lane;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says of settings and metrics is so. */
class ReadmeTest {

    @Test
    void theTableNamesEverySettingWithItsDefault() throws IOException {
        Settings in = Settings.open(null, Map.of(), Map.of("webhook.shared-secret", "x".repeat(32)));
        DispatcherSettings.read(in);
        in.check();
        Map<String, String> expected = new TreeMap<>();
        in.effective().forEach((key, value) -> expected.put(key, shown(value)));
        expected.put("dispatcher.window-mebibytes", "a 24th of the heap");

        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("(?m)^\\| `((?:dispatcher|webhook)\\.[a-z0-9-]+)` \\| ([^|]*) \\|")
                .matcher(section("## Settings", "## Metrics"))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));

        assertThat(documented).isEqualTo(expected);
    }

    @Test
    void theTableNamesEveryMeter() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new LaneMeters(registry, Lane.HIGH).ended(DeliveryKind.DELIVERED, "t");
        TreeSet<String> expected = new TreeSet<>();
        registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).forEach(expected::add);

        TreeSet<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(bus\\.dispatcher\\.[a-z.]+)\\{")
                .matcher(section("## Metrics", "## How a target fares"))
                .results()
                .forEach(row -> documented.add(row.group(1)));

        assertThat(documented).isEqualTo(expected);
    }

    private static String shown(String value) {
        return value.isEmpty() || value.equals("[]") || value.equals("****") ? "none" : "`" + value + "`";
    }

    private static String section(String from, String to) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return readme.substring(readme.indexOf(from), readme.indexOf(to));
    }
}
