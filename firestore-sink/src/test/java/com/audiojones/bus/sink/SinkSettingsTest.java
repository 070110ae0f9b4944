package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheReadme() throws IOException {
        Settings in = Settings.open(null, Map.of(), Map.of());
        SinkSettings.read(in);
        in.check();

        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("(?m)^\\| `((?:sink|store)\\.[a-z-]+)` \\| `([^`]*)` \\|")
                .matcher(readme())
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));
        assertThat(documented).isEqualTo(in.effective());
    }

    @Test
    void aBatchHasAtLeastOneRecord() {
        Settings in = Settings.open(null, Map.of(), Map.of("sink.batch-records", "0"));
        SinkSettings.read(in);

        assertThatThrownBy(in::check)
                .isInstanceOf(ConfigException.class)
                .hasMessage("sink.batch-records: expected a whole number from 1 to 10000, got '0'");
    }

    @Test
    void theMetersAreThoseOfTheReadme() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SinkMeters meters = new SinkMeters(registry);
        meters.watch(() -> 0);
        Timer.Sample begun = meters.begin(ConsumerRecords.empty());
        meters.settled(begun, List.of(new Mapping.Nothing("replay")));

        TreeSet<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(bus\\.sink\\.[a-z]+)[`{]")
                .matcher(readme())
                .results()
                .forEach(row -> documented.add(row.group(1)));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(Meter::getId)
                        .map(Meter.Id::getName)
                        .toList());
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
