package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes records on and ends them when the test says so. */
final class Recorder implements RecordHandler {
    private final Map<TopicPartition, List<Long>> taken = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Map<Long, Runnable>> open = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Set<Long>> settled = new ConcurrentHashMap<>();
    private final Map<Long, Duration> waits = new ConcurrentHashMap<>();
    private volatile boolean settlesOnHandOff;
    private int refusals;

    /** Has a record wait. */
    void makeWait(long offset, Duration wait) {
        waits.put(offset, wait);
    }

    /** Settles whatever is handed off. */
    void settleOnHandOff() {
        settlesOnHandOff = true;
    }

    /** Throws at the next records. */
    void refuse(int count) {
        refusals = count;
    }

    @Override
    public long waitNanos(ConsumerRecord<byte[], byte[]> record) {
        return waits.getOrDefault(record.offset(), Duration.ZERO).toNanos();
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settledRun) {
        if (refusals-- > 0) {
            throw new IllegalStateException("not now");
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        taken.computeIfAbsent(partition, unseen -> new CopyOnWriteArrayList<>()).add(record.offset());
        open.computeIfAbsent(partition, unseen -> new ConcurrentHashMap<>()).put(record.offset(), settledRun);
        return extent -> {
            if (settlesOnHandOff) {
                settle(partition, record.offset());
            }
        };
    }

    @Override
    public Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settledRun) {
        return take(record, settledRun);
    }

    List<Long> taken(TopicPartition partition) {
        return taken.getOrDefault(partition, List.of());
    }

    Map<Long, Runnable> open(TopicPartition partition) {
        return Map.copyOf(open.getOrDefault(partition, Map.of()));
    }

    boolean isSettled(TopicPartition partition, long offset) {
        return settled.getOrDefault(partition, Set.of()).contains(offset);
    }

    /** The oracle knows before the loop does. */
    void settle(TopicPartition partition, long offset) {
        Runnable run = open.getOrDefault(partition, Map.of()).get(offset);
        if (run != null) {
            settled.computeIfAbsent(partition, unseen -> new ConcurrentSkipListSet<>())
                    .add(offset);
            run.run();
        }
    }

    void settleSome(Random random) {
        open.forEach((partition, records) -> records.keySet().forEach(offset -> {
            if (random.nextInt(3) == 0) {
                settle(partition, offset);
            }
        }));
    }
}
