package com.audiojones.bus.router;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.consume.Work;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.router.route.IngestRecord;
import com.audiojones.bus.router.route.Router;
import com.audiojones.bus.router.route.RoutingDecision;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Writes one lane record or one quarantine record per ingest record, or counts why there is none. Poll thread only, but
 * for what the producer reports.
 */
final class RoutingHandler implements RecordHandler {

    static final String STAGE = "router";

    /** What is on its way to the broker cannot be ended early; what was not acknowledged is done again. */
    private static final Work NOTHING_TO_HAND_OFF = extent -> {};

    private final DurableWriter writer;
    private final DecisionLedger ledger;
    private final Supplier<LiveSettings> live;
    private final BooleanSupplier loaded;
    private final RouterMeters meters;
    private final Clock clock;

    /** Decides by what is in force, once it is loaded. */
    RoutingHandler(
            DurableWriter writer,
            DecisionLedger ledger,
            Supplier<LiveSettings> live,
            BooleanSupplier loaded,
            RouterMeters meters,
            Clock clock) {
        this.writer = writer;
        this.ledger = ledger;
        this.live = live;
        this.loaded = loaded;
        this.meters = meters;
        this.clock = clock;
    }

    /** Nothing is decided before the settings are known, nor written past a record that is to be written again. */
    @Override
    public boolean hasRoom() {
        return loaded.getAsBoolean() && writer.isInOrder();
    }

    @Override
    public void lost(TopicPartition partition, long count) {
        meters.lost(partition.topic(), count);
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled) {
        return act(record, Router.decide(new IngestRecord(record), live.get(), clock.instant()), settled);
    }

    private Work act(ConsumerRecord<byte[], byte[]> record, RoutingDecision decision, Runnable settled) {
        ledger.note(record, decision);
        meters.count(decision);
        switch (decision) {
            case RoutingDecision.Routed routed -> writer.write(List.of(laneRecord(routed)), tooLarge(record), settled);
            case RoutingDecision.Invalid invalid ->
                writer.write(List.of(QuarantineRecord.of(record, STAGE, invalid.reason())), settled);
            case RoutingDecision.SampledOut out -> settled.run();
            case RoutingDecision.Expired expired -> settled.run();
        }
        return NOTHING_TO_HAND_OFF;
    }

    /** When it was appended is not known either: it counts now. */
    @Override
    public Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        ConsumerRecord<byte[], byte[]> now = new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                clock.millis(),
                TimestampType.NO_TIMESTAMP_TYPE,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
        return act(now, new RoutingDecision.Invalid(reason), settled);
    }

    /** Limits of topics are set so that an event that is accepted fits; the broker may have been set otherwise. */
    private static DurableWriter.Oversize tooLarge(ConsumerRecord<byte[], byte[]> record) {
        return (lane, failure) ->
                QuarantineRecord.of(record, STAGE, "too large for " + lane.topic() + ": " + failure.getMessage());
    }

    private static ProducerRecord<byte[], byte[]> laneRecord(RoutingDecision.Routed routed) {
        String lane = Lane.of(routed.headers().priority()).topic();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(lane, null, routed.key(), routed.body().bytes());
        routed.headers().writeTo(record.headers());
        return record;
    }
}
