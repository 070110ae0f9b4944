package com.audiojones.bus.router;

import com.audiojones.bus.consume.PositionRecords;
import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.decision.DecisionRecord;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.router.route.RoutingDecision;
import com.audiojones.bus.router.route.RoutingDecision.Passed;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What was decided on the records that are not committed yet, counted when they are. Poll thread only. */
final class DecisionLedger implements PositionRecords {

    /** Of names and types of the longest kind these are half of what a record may hold. */
    private static final int COUNTS_PER_RECORD = 1_000;

    private final Map<TopicPartition, Deque<Entry>> entries = new HashMap<>();

    private record Kind(
            Instant minute,
            @Nullable String name,
            @Nullable String type,
            @Nullable Priority priority,
            Decision decision) {}

    private record Entry(long offset, Kind kind) {}

    /** Notes the decision on the record that follows all noted of its partition. */
    void note(ConsumerRecord<byte[], byte[]> record, RoutingDecision decision) {
        Instant minute = Instant.ofEpochMilli(record.timestamp()).truncatedTo(ChronoUnit.MINUTES);
        entries.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), any -> new ArrayDeque<>())
                .addLast(new Entry(record.offset(), kind(minute, decision)));
    }

    private static Kind kind(Instant minute, RoutingDecision decision) {
        return switch (decision) {
            case RoutingDecision.Routed routed ->
                new Kind(
                        minute,
                        routed.headers().name(),
                        routed.headers().eventType(),
                        routed.headers().priority(),
                        Decision.ROUTED);
            case RoutingDecision.SampledOut out -> kind(minute, out.event(), Decision.SAMPLED_OUT);
            case RoutingDecision.Expired expired -> kind(minute, expired.event(), Decision.EXPIRED);
            case RoutingDecision.Invalid invalid -> new Kind(minute, null, null, null, Decision.INVALID);
        };
    }

    private static Kind kind(Instant minute, Passed event, Decision decision) {
        return new Kind(minute, event.name(), event.type(), event.priority(), decision);
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> upTo(Map<TopicPartition, Long> positions) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        positions.forEach((partition, position) -> {
            Deque<Entry> noted = entries.get(partition);
            if (noted != null && !noted.isEmpty() && noted.getFirst().offset() < position) {
                records.addAll(records(partition, noted, position));
            }
        });
        return records;
    }

    private static List<ProducerRecord<byte[], byte[]>> records(
            TopicPartition partition, Deque<Entry> noted, long position) {
        Map<Kind, Long> counted = new LinkedHashMap<>();
        for (Entry entry : noted) {
            if (entry.offset() >= position) {
                break;
            }
            counted.merge(entry.kind(), 1L, Long::sum);
        }
        List<DecisionRecord.Count> counts = new ArrayList<>(counted.size());
        counted.forEach((kind, count) -> counts.add(new DecisionRecord.Count(
                kind.minute(), kind.name(), kind.type(), kind.priority(), kind.decision(), count)));
        long first = noted.getFirst().offset();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int from = 0; from < counts.size(); from += COUNTS_PER_RECORD) {
            List<DecisionRecord.Count> part = counts.subList(from, Math.min(counts.size(), from + COUNTS_PER_RECORD));
            DecisionRecord record = new DecisionRecord(partition.topic(), partition.partition(), first, position, part);
            records.add(new ProducerRecord<>(
                    Topics.DECISIONS, partition.toString().getBytes(StandardCharsets.UTF_8), record.toJson()));
        }
        return records;
    }

    @Override
    public void committed(Map<TopicPartition, Long> positions) {
        positions.forEach((partition, position) -> {
            Deque<Entry> noted = entries.get(partition);
            while (noted != null && !noted.isEmpty() && noted.getFirst().offset() < position) {
                noted.removeFirst();
            }
        });
    }

    @Override
    public void forget(TopicPartition partition) {
        entries.remove(partition);
    }
}
