package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.BusUnavailableException;
import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.launcher.role.DataDirectory;
import com.audiojones.bus.launcher.role.DataDirectory.Endpoints;
import com.audiojones.bus.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which running bus a command talks to. Without any: the one started by {@code dev}. */
final class BusLocation {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @Option(
            names = "--bus",
            paramLabel = "DIR",
            defaultValue = "${env:AJBUS_DATA:-.ajbus}",
            description = "data directory of the bus started by 'ajbus dev' (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(".ajbus");

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:AJ_BUS_KAFKA_BOOTSTRAP_SERVERS}",
            description = "Kafka, instead of the bus's own; or AJ_BUS_KAFKA_BOOTSTRAP_SERVERS")
    private @Nullable String bootstrapServer;

    @Option(names = "--url", paramLabel = "URL", description = "admin API, instead of the bus's own")
    private @Nullable String url;

    KafkaSettings kafka() {
        return new KafkaSettings(bootstrapServer == null ? endpoints().kafka() : bootstrapServer, Map.of());
    }

    /** Blocks until Kafka has answered, up to 5 seconds. */
    EventBus connect() {
        return connect(kafka());
    }

    static EventBus connect(KafkaSettings kafka) {
        try {
            return EventBus.connect(
                    EventBusSettings.of(kafka.bootstrapServers(), "ajbus-cli").withDeadline(DEADLINE));
        } catch (BusUnavailableException e) {
            throw new CommandFailedException(e.getMessage() + "; is 'ajbus dev' running?", e);
        }
    }

    String adminUrl() {
        return url == null ? endpoints().http() : url;
    }

    /** The environment's key wins over the one that {@code dev} made. */
    Secret adminKey() {
        String given = System.getenv("ADMIN_KEY");
        if (given != null && !given.isEmpty()) {
            if (!Secret.isPrintable(given)) {
                throw new BadInputException("ADMIN_KEY: expected printable ASCII characters, got others");
            }
            return new Secret(given);
        }
        Secret kept = DataDirectory.existingAdminKey(data);
        if (kept == null) {
            throw new BadInputException(
                    "admin key: expected ADMIN_KEY in the environment or a key in " + data + ", found neither");
        }
        return kept;
    }

    private Endpoints endpoints() {
        return DataDirectory.endpoints(data);
    }
}
