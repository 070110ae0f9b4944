package com.audiojones.bus.sink;

import com.audiojones.bus.store.StoreWrite;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;

/**
 * The meters of the sink. Records are counted when their batch is settled, each once under one kind, so records read =
 * the sum over all kinds + the records of batches that failed and are read again.
 */
final class SinkMeters {

    private final MeterRegistry registry;
    private final Timer batch;
    private final Counter failures;

    SinkMeters(MeterRegistry registry) {
        this.registry = registry;
        this.batch = registry.timer("bus.sink.batch");
        this.failures = registry.counter("bus.sink.failures");
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    void settled(Timer.Sample begun, List<Mapping> batchMappings) {
        begun.stop(batch);
        batchMappings.forEach(mapping ->
                registry.counter("bus.sink.records", "kind", kind(mapping)).increment());
    }

    void failed() {
        failures.increment();
    }

    private static String kind(Mapping mapping) {
        return switch (mapping) {
            case Mapping.Nothing nothing -> nothing.kind();
            case Mapping.Unusable _ -> "unusable";
            case Mapping.Document document ->
                switch (document.write()) {
                    case StoreWrite.EventWrite _ -> "event";
                    case StoreWrite.DeliveryWrite _ -> "delivery";
                    case StoreWrite.DeadLetterWrite _ -> "dead-letter";
                    case StoreWrite.QuarantineWrite _ -> "quarantine";
                    case StoreWrite.StatusWrite _ -> "status";
                    case StoreWrite.StatsWrite _ -> "stats";
                };
        };
    }
}
