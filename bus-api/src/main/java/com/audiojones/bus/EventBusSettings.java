package com.audiojones.bus;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.publish.PublishListener;
import com.audiojones.bus.publish.Publisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an application uses the bus. Begin with {@link #of}.
 *
 * @param kafka how the cluster is reached
 * @param application names the application's clients and groups: letters, digits, {@code .}, {@code _} or {@code -}
 * @param deadline how long an event may wait for its acknowledgement, and each question to Kafka for its answer
 * @param circuitFailures how many failures in a row open the circuit
 * @param circuitOpen for how long nothing is sent then
 * @param spool the directory that keeps events while Kafka is away; null: none, events fail then
 * @param spoolMaxBytes how large the spool may become, in bytes
 * @param listener is told when publishing becomes different
 */
public record EventBusSettings(
        KafkaSettings kafka,
        String application,
        Duration deadline,
        int circuitFailures,
        Duration circuitOpen,
        @Nullable Path spool,
        long spoolMaxBytes,
        PublishListener listener) {

    private static final Duration SHORTEST = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    /** Checks the values. */
    public EventBusSettings {
        if (!APPLICATION.matcher(application).matches()) {
            throw new IllegalArgumentException(
                    "application: expected 1 to 60 letters, digits, '.', '_' or '-', got '" + application + "'");
        }
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline: expected 2 ms to 1 day, got " + deadline);
        }
        if (spool != null && spoolMaxBytes < 1) {
            throw new IllegalArgumentException("spoolMaxBytes: expected 1 or more, got " + spoolMaxBytes);
        }
        if (circuitFailures < 1) {
            throw new IllegalArgumentException("circuitFailures: expected 1 or more, got " + circuitFailures);
        }
    }

    /**
     * {@return settings with a deadline of 10 s, a circuit that opens after 10 failures for 60 s, and no spool}
     *
     * @param bootstrapServers {@code host:port}, comma-separated
     * @param application names the application's clients and groups
     */
    public static EventBusSettings of(String bootstrapServers, String application) {
        return new EventBusSettings(
                new KafkaSettings(bootstrapServers, Map.of()),
                application,
                Duration.ofSeconds(10),
                10,
                Duration.ofMinutes(1),
                null,
                0,
                PublishListener.NONE);
    }

    /**
     * {@return these settings with more for Kafka's clients, such as TLS and SASL}
     *
     * @param client settings of Kafka's clients by name
     * @throws IllegalArgumentException if one of them would break a promise of the bus
     */
    public EventBusSettings withKafka(Map<String, String> client) {
        return new EventBusSettings(
                KafkaSettings.of(kafka.bootstrapServers(), client),
                application,
                deadline,
                circuitFailures,
                circuitOpen,
                spool,
                spoolMaxBytes,
                listener);
    }

    /**
     * {@return these settings with another deadline}
     *
     * @param longest how long an event may wait for its acknowledgement
     */
    public EventBusSettings withDeadline(Duration longest) {
        return new EventBusSettings(
                kafka, application, longest, circuitFailures, circuitOpen, spool, spoolMaxBytes, listener);
    }

    /**
     * {@return these settings with another circuit breaker}
     *
     * @param failures how many failures in a row open it
     * @param open for how long nothing is sent then
     */
    public EventBusSettings withCircuit(int failures, Duration open) {
        return new EventBusSettings(kafka, application, deadline, failures, open, spool, spoolMaxBytes, listener);
    }

    /**
     * These settings with a spool: while Kafka does not take events they are kept in a directory, forced to disk, and go
     * to Kafka in their order when it is back, or when a bus is connected with that directory again. There is no circuit
     * breaker then.
     *
     * @param directory for this process alone
     * @param maxBytes how large it may become
     * @return the settings
     */
    public EventBusSettings withSpool(Path directory, long maxBytes) {
        return new EventBusSettings(
                kafka, application, deadline, circuitFailures, circuitOpen, directory, maxBytes, listener);
    }

    /**
     * {@return these settings with a listener}
     *
     * @param told is told when publishing becomes different
     */
    public EventBusSettings withListener(PublishListener told) {
        return new EventBusSettings(
                kafka, application, deadline, circuitFailures, circuitOpen, spool, spoolMaxBytes, told);
    }

    Publisher.Settings publishing() {
        return new Publisher.Settings(
                application + "-publisher", deadline, circuitFailures, circuitOpen, spool, spoolMaxBytes, listener);
    }
}
