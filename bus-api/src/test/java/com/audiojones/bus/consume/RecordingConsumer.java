package com.audiojones.bus.consume;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** Keeps every position committed, and notes each that was ahead of what was settled or went back. */
final class RecordingConsumer extends MockConsumer<byte[], byte[]> {
    private final Recorder recorder;
    private final Map<TopicPartition, Long> commits = new ConcurrentHashMap<>();
    private final Map<TopicPartition, TreeMap<Long, Boolean>> log = new ConcurrentHashMap<>();
    private final Set<String> violations = new ConcurrentSkipListSet<>();

    RecordingConsumer(Recorder recorder) {
        super("none");
        this.recorder = recorder;
    }

    /** Every commit that was ahead of what was settled, or went back. */
    Set<String> violations() {
        return violations;
    }

    long committed(TopicPartition partition) {
        return commits.getOrDefault(partition, -1L);
    }

    synchronized boolean isPaused(TopicPartition partition) {
        return paused().contains(partition);
    }

    void deliver(TopicPartition partition, long offset) {
        log.computeIfAbsent(partition, unseen -> new TreeMap<>()).put(offset, true);
        addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, new byte[8]));
    }

    void deliverAgain(TopicPartition partition, long from) {
        TreeMap<Long, Boolean> known = log.get(partition);
        if (known != null) {
            List.copyOf(known.tailMap(from).keySet()).forEach(offset -> deliver(partition, offset));
        }
    }

    long lastDelivered(TopicPartition partition) {
        TreeMap<Long, Boolean> known = log.get(partition);
        return known == null || known.isEmpty() ? -1 : known.lastKey() + 1;
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        note(offsets);
        super.commitSync(offsets);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        note(offsets);
        super.commitAsync(offsets, callback);
    }

    private void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, position) -> {
            TreeMap<Long, Boolean> known = log.getOrDefault(partition, new TreeMap<>());
            known.headMap(position.offset()).keySet().stream()
                    .filter(offset -> !recorder.isSettled(partition, offset))
                    .forEach(offset -> violations.add(
                            partition + " committed " + position.offset() + " while " + offset + " was not settled"));
            Long before = commits.put(partition, position.offset());
            if (before != null && before > position.offset()) {
                violations.add(partition + " went back from " + before + " to " + position.offset());
            }
        });
    }
}
