package com.audiojones.bus.router.status;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.time.IsoMillis;
import com.audiojones.bus.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Lanes and {@code webhook.deliveries} become rows by event and replay, which are written to {@code bus.event-status}; what
 * changes in the rows, and {@code bus.decisions}, become buckets by the minute, which are written to {@code bus.stats}.
 *
 * <p>Every processor, store and topic of its own has a fixed name: names that are counted through change with the code
 * before them, and state under another name is state that is lost.
 */
final class StatusTopology {

    private static final Serde<String> TEXT = Serdes.String();

    private StatusTopology() {}

    /**
     * Builds it.
     *
     * @param late told of changes to minutes that are not kept any more
     */
    static Topology build(Consumer<StatsDelta> late) {
        StreamsBuilder builder = new StreamsBuilder();
        stores().forEach(builder::addStateStore);
        KStream<String, RowChange> changes = changes(builder);
        changes.flatMapValues(StatusTopology::statuses, Named.as("event-status"))
                .to(
                        Topics.EVENT_STATUS,
                        Produced.with(TEXT, new JsonSerde<>(EventStatus.class)).withName("to-event-status"));
        changes.flatMapValues(StatusTopology::deltas, Named.as("changes-by-minute"))
                .merge(decisions(builder), Named.as("all-by-minute"))
                .repartition(Repartitioned.with(TEXT, new JsonSerde<>(StatsDelta.class))
                        .withName("by-minute"))
                .process(
                        () -> new StatsProcessor(late),
                        Named.as("stats"),
                        StatsProcessor.BUCKETS,
                        StatsProcessor.CHANGED,
                        StatsProcessor.LABELS)
                .to(
                        Topics.STATS,
                        Produced.with(TEXT, new JsonSerde<>(StatsBucket.class)).withName("to-stats"));
        return builder.build();
    }

    private static KStream<String, RowChange> changes(StreamsBuilder builder) {
        KStream<String, StatusFact> lanes = builder.stream(
                        Arrays.stream(Lane.values()).map(Lane::topic).toList(), raw("lanes"))
                .process(Facts::ofLanes, Named.as("facts-of-lanes"));
        KStream<String, StatusFact> deliveries = builder.stream(Topics.DELIVERIES, raw("deliveries"))
                .process(Facts::ofDeliveries, Named.as("facts-of-deliveries"));
        return lanes.merge(deliveries, Named.as("facts"))
                .repartition(Repartitioned.with(TEXT, new JsonSerde<>(StatusFact.class))
                        .withName("by-event"))
                .process(
                        StatusProcessor::new,
                        Named.as("status"),
                        StatusProcessor.ROWS,
                        StatusProcessor.PAIRS,
                        StatusProcessor.ENDS,
                        StatusProcessor.DELTAS);
    }

    private static KStream<String, StatsDelta> decisions(StreamsBuilder builder) {
        return builder.stream(Topics.DECISIONS, raw("decisions"))
                .flatMap((key, value) -> byMinute(decided(value)), Named.as("decisions-by-minute"));
    }

    private static Consumed<byte[], byte[]> raw(String name) {
        return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name);
    }

    private static List<EventStatus> statuses(RowChange change) {
        return change instanceof RowChange.Status changed ? List.of(changed.status()) : List.of();
    }

    private static List<StatsDelta> deltas(RowChange change) {
        return change instanceof RowChange.Delta changed ? List.of(changed.delta()) : List.of();
    }

    private static List<KeyValue<String, StatsDelta>> byMinute(List<StatsDelta> deltas) {
        return deltas.stream()
                .map(delta -> KeyValue.pair(IsoMillis.format(delta.key().minute()), delta))
                .toList();
    }

    private static List<StatsDelta> decided(byte[] value) {
        try {
            DecisionRecord record = DecisionRecord.fromJson(value);
            List<StatsDelta> deltas = new ArrayList<>();
            for (DecisionRecord.Count count : record.counts()) {
                Measure measure = measure(count.decision());
                if (measure != null) {
                    deltas.add(new StatsDelta(
                            StatsKey.events(count.minute(), false, record.topic(), count.type(), count.priority()),
                            Counts.of(Map.of(measure, count.count())),
                            null,
                            null));
                }
            }
            return deltas;
        } catch (InvalidRecordException e) {
            throw new UnusableRecordException(e);
        }
    }

    /** Routed events are counted from the lanes, where the same event is one however often it was published. */
    private static @Nullable Measure measure(Decision decision) {
        return switch (decision) {
            case ROUTED -> null;
            case SAMPLED_OUT -> Measure.SAMPLED_OUT;
            case EXPIRED -> Measure.EXPIRED_UNROUTED;
            case INVALID -> Measure.INVALID;
        };
    }

    private static List<StoreBuilder<?>> stores() {
        return List.of(
                store(StatusProcessor.ROWS, new JsonSerde<>(EventRow.class)),
                store(StatusProcessor.PAIRS, new JsonSerde<>(PairStatus.class)),
                store(StatusProcessor.ENDS, TEXT),
                store(StatusProcessor.DELTAS, new JsonSerde<>(StatsDelta.class)),
                store(StatsProcessor.BUCKETS, new JsonSerde<>(StatsBucket.class)),
                store(StatsProcessor.CHANGED, TEXT),
                store(StatsProcessor.LABELS, Serdes.Integer()));
    }

    /** Cached: of what changes many times between two commits, one change is written. */
    private static StoreBuilder<?> store(String name, Serde<?> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), TEXT, values)
                .withCachingEnabled();
    }
}
