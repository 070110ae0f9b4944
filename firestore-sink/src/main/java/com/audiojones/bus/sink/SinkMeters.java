package com.audiojones.bus.sink;

import com.audiojones.bus.store.StoreWrite;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * The meters of the sink. Records are counted when their batch is settled, each once under one kind, so records read =
 * the sum over all kinds + the records of batches that failed and are read again.
 */
final class SinkMeters {

    private final MeterRegistry registry;
    private final Timer batch;
    private final Counter failures;

    /** When the oldest record of the batch in hand was appended, milliseconds since 1970; 0: there is none. */
    private final AtomicLong oldest = new AtomicLong();

    SinkMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("bus.sink.age", this, SinkMeters::age).baseUnit("seconds").register(registry);
        this.batch = registry.timer("bus.sink.batch");
        this.failures = registry.counter("bus.sink.failures");
    }

    /** Shows how many records wait to be read. */
    void watch(LongSupplier lag) {
        Gauge.builder("bus.sink.lag", lag, LongSupplier::getAsLong)
                .strongReference(true)
                .register(registry);
    }

    Timer.Sample begin(ConsumerRecords<byte[], byte[]> records) {
        long first = Long.MAX_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            first = Math.min(first, record.timestamp());
        }
        oldest.set(first);
        return Timer.start(registry);
    }

    void settled(Timer.Sample begun, List<Mapping> batchMappings) {
        begun.stop(batch);
        oldest.set(0);
        batchMappings.forEach(mapping ->
                registry.counter("bus.sink.records", "kind", kind(mapping)).increment());
    }

    void failed() {
        failures.increment();
    }

    private double age() {
        long appended = oldest.get();
        return appended == 0 ? 0 : Math.max(0, registry.config().clock().wallTime() - appended) / 1e3;
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
                    case StoreWrite.ReplayWrite _ -> "replay";
                };
        };
    }
}
