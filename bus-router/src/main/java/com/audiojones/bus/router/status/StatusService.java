package com.audiojones.bus.router.status;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * Keeps the status of events and the statistics, in {@code bus.event-status} and {@code bus.stats}, exactly once. Its
 * threads, consumers and transactions are its own: however long it takes to restore its state, routing goes on.
 */
public final class StatusService implements BusService {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final RestartBudget budget;

    /**
     * Prepares the service; {@link #start()} begins to count.
     *
     * @param settings its settings
     * @param kafka how the cluster is reached
     * @param replicationFactor the copies of the topics of its own
     * @param metrics where its meters are
     * @param clock bounds restarts
     * @throws ConfigException if another process uses the directory, or it cannot be written
     */
    public StatusService(
            StatusSettings settings,
            KafkaSettings kafka,
            short replicationFactor,
            MeterRegistry metrics,
            InstantSource clock) {
        Counter late = metrics.counter("bus.status.late");
        this.budget = new RestartBudget(clock, metrics.counter("bus.status.restarts"));
        this.streams = open(StreamsConfiguration.of(kafka, settings, replicationFactor), settings, late);
        streams.setUncaughtExceptionHandler(budget);
        metrics.gauge("bus.status.lag", streams, StatusService::lag);
    }

    private static KafkaStreams open(Properties config, StatusSettings settings, Counter late) {
        try {
            return new KafkaStreams(StatusTopology.build(any -> late.increment()), config);
        } catch (StreamsException e) {
            throw new ConfigException(
                    "status.directory: expected a directory that no other process uses and that can be written, got "
                            + settings.directory() + ": " + e.getMessage(),
                    e);
        }
    }

    /** How many records the partition that is farthest behind is behind. */
    private static double lag(KafkaStreams streams) {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("records-lag-max"))
                .map(Metric::metricValue)
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public void start() {
        streams.start();
    }

    /** Restoring state is no trouble: what is not counted yet is counted then, and the rest of the process works. */
    @Override
    public List<String> notReady() {
        return switch (streams.state()) {
            case ERROR, PENDING_ERROR ->
                List.of("status: has ended after " + RestartBudget.RESTARTS + " restarts in "
                        + RestartBudget.WITHIN.toMinutes() + " min; the last failure: " + budget.lastFailure());
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING -> List.of();
        };
    }

    @Override
    public void close() {
        streams.close(CLOSE_TIMEOUT);
    }
}
