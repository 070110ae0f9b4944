package com.audiojones.bus.router.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.kafka.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusServiceTest {

    @TempDir
    private Path directory;

    @Test
    void aDirectoryHasOneUser() {
        try (StatusService first = service()) {
            assertThat(first.notReady()).isEmpty();

            assertThatThrownBy(this::service)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("status.directory: expected a directory that no other process uses")
                    .hasMessageContaining(directory.toString());
        }
    }

    private StatusService service() {
        return new StatusService(
                new StatusSettings(directory, 1, 0),
                new KafkaSettings("127.0.0.1:1", Map.of()),
                (short) 1,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }
}
