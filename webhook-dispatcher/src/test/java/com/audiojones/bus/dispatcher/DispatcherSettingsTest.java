package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.lane.Lane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatcherSettingsTest {

    @Test
    void aProcessDeliversAllLanesOrThoseThatAreNamed() {
        assertThat(DispatcherSettings.read(settings(Map.of())).served())
                .containsExactlyInAnyOrder(Lane.HIGH, Lane.STANDARD, Lane.LOW);
        assertThat(DispatcherSettings.read(settings(Map.of("dispatcher.lanes", "low, high")))
                        .served())
                .containsExactlyInAnyOrder(Lane.HIGH, Lane.LOW);
    }

    @Test
    void aLaneThatThereIsNotFailsTheStart() {
        for (String wrong : List.of("urgent", "high,", "HIGH")) {
            Settings in = settings(Map.of("dispatcher.lanes", wrong));
            DispatcherSettings.read(in);

            assertThatThrownBy(in::check)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("dispatcher.lanes: expected one or more of high,standard,low, separated by "
                            + "commas, got '" + wrong.replace("high,", "") + "'");
        }
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.open(null, Map.of(), values);
    }
}
