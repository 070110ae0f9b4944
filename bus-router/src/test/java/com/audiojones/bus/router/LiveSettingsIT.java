package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.live.InvalidSettingException;
import com.audiojones.bus.live.LiveSetting;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.live.LiveSettingsTopic;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void whatIsSetWhileARouterRunsCountsForWhatIsPublishedThen() throws Exception {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        try (TestBus bus = TestBus.start(directory);
                LiveSettingsTopic settings = new LiveSettingsTopic(bus.kafka(), "test-settings")) {
            // Written before the start, by hand and wrong: passed over.
            bus.write(List.of(
                    setting("colour", "\"red\""),
                    setting("sampling", "{\"audit.user\": 7}"),
                    setting("sampling", "no")));
            settings.publish(LiveSetting.TIME_TO_LIVE, bytes("{\"P3\": \"2h\"}"));
            LiveSettingsReader live = new LiveSettingsReader(bus.kafka());
            RouterSettings defaults = RouterSettings.read(Settings.open(null, Map.of(), Map.of()));
            RouterService router = new RouterService(defaults, bus.kafka(), live, metrics, Clock.systemUTC());
            try {
                router.start();
                live.start();
                await().atMost(SOON).until(() -> router.notReady().isEmpty());
                publish(bus, "kept-1");
                awaitCount(metrics, "routed", "standard", 1);
                assertThat(live.get().timeToLive()).isNotEqualTo(LiveSettings.DEFAULTS.timeToLive());
                assertThat(live.get().sampling()).isEqualTo(LiveSettings.DEFAULTS.sampling());

                settings.publish(LiveSetting.SAMPLING, bytes("{\"audit.user\": 0}"));
                await().atMost(SOON).until(() -> live.get().samplingRate("audit.user.login") == 0);
                publish(bus, "out");
                awaitCount(metrics, "sampled_out", "none", 1);

                settings.publish(
                        LiveSetting.PRIORITIES, bytes("{\"audit.user\": {\"priority\": \"P0\", \"forced\": true}}"));
                await().atMost(SOON).until(() -> !live.get().priorities().isEmpty());
                publish(bus, "urgent");
                awaitCount(metrics, "routed", "high", 1);

                settings.publish(LiveSetting.PRIORITIES, null);
                settings.publish(LiveSetting.SAMPLING, null);
                await().atMost(SOON).until(() -> live.get().samplingRate("audit.user.login") == 1);
                publish(bus, "kept-2");
                awaitCount(metrics, "routed", "standard", 2);

                assertThatThrownBy(() -> settings.publish(LiveSetting.SAMPLING, bytes("{\"a\": -1}")))
                        .isInstanceOf(InvalidSettingException.class);
                assertThat(bus.records(Topics.SETTINGS))
                        .as("nothing was written")
                        .hasSize(8);
            } finally {
                router.close();
                live.close();
            }
        }
    }

    private static void publish(TestBus bus, String id) throws Exception {
        bus.write(List.of(new ProducerRecord<>(
                "audit.user",
                bytes("{\"id\":\"" + id
                        + "\",\"type\":\"login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":1}"))));
    }

    private static void awaitCount(SimpleMeterRegistry metrics, String decision, String lane, int count) {
        await().atMost(SOON)
                .until(() -> metrics.counter("bus.router.records", "decision", decision, "lane", lane)
                                .count()
                        == count);
    }

    private static ProducerRecord<byte[], byte[]> setting(String key, String json) {
        return new ProducerRecord<>(Topics.SETTINGS, bytes(key), bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
