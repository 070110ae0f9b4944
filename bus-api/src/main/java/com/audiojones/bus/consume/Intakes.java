package com.audiojones.bus.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The assigned partitions of one consumer and what is going on in each. Poll thread only. */
final class Intakes {

    private final Map<TopicPartition, PartitionIntake> intakes = new HashMap<>();
    private final LoopLimits limits;
    private final RecordHandler handler;
    private long bytes;
    private boolean full;

    Intakes(LoopLimits limits, RecordHandler handler) {
        this.limits = limits;
        this.handler = handler;
    }

    void add(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> intakes.put(partition, new PartitionIntake(limits.slots())));
    }

    /** Forgets partitions; what their records still come to changes nothing any more. */
    void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionIntake gone = intakes.remove(partition);
            bytes -= gone == null ? 0 : gone.window().bytes();
        }
    }

    List<TopicPartition> partitions() {
        return List.copyOf(intakes.keySet());
    }

    void offer(ConsumerRecords<byte[], byte[]> polled, long nowNanos) {
        for (TopicPartition partition : polled.partitions()) {
            PartitionIntake intake = intakes.get(partition);
            if (intake != null) {
                for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                    intake.offer(record, nowNanos + handler.waitNanos(record));
                }
            }
        }
    }

    /** Has a record taken on that has a position and no content. */
    void offerUnreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        PartitionIntake intake = intakes.get(new TopicPartition(record.topic(), record.partition()));
        if (intake != null) {
            intake.offerUnreadable(record, reason);
        }
    }

    /** Takes on what is due and has room. */
    void takeDue(long nowNanos) {
        for (PartitionIntake intake : intakes.values()) {
            while (intake.hasBacklog()
                    && intake.nanosUntilDue(nowNanos) <= 0
                    && hasRoom()
                    && handler.hasRoom()
                    && intake.hasRoom()) {
                bytes += intake.takeFirst(handler);
            }
        }
    }

    /** When the next record that waits is due; what is due already waits for room. Null: nothing waits. */
    @Nullable
    Long nanosUntilNext(long nowNanos, long roomNanos) {
        return intakes.values().stream()
                .filter(PartitionIntake::hasBacklog)
                .map(intake -> intake.nanosUntilDue(nowNanos))
                .map(wait -> wait <= 0 ? roomNanos : wait)
                .min(Long::compare)
                .orElse(null);
    }

    /** Whether the bytes of all windows leave room; once they do not, not until half of them are free. */
    private boolean hasRoom() {
        full = full ? bytes > limits.bytes() / 2 : bytes >= limits.bytes();
        return !full;
    }

    /** Removes what is settled from the heads of the windows. */
    void popSettled() {
        intakes.values().forEach(intake -> bytes -= intake.window().popSettled());
    }

    /** The positions that may be committed. */
    Map<TopicPartition, Long> committable(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionIntake intake = intakes.get(partition);
            Long position = intake == null ? null : intake.window().committable();
            if (position != null) {
                positions.put(partition, position);
            }
        }
        return positions;
    }

    /**
     * Has no more fetched of partitions of which something waits already. Derived anew each time: no state of pauses is
     * kept, so none can be stale.
     */
    void pauseWhatWaits(Consumer<?, ?> polling) {
        List<TopicPartition> waiting = intakes.entrySet().stream()
                .filter(entry -> entry.getValue().hasBacklog())
                .map(Map.Entry::getKey)
                .toList();
        List<TopicPartition> resumed = polling.paused().stream()
                .filter(partition -> !waiting.contains(partition))
                .toList();
        if (!resumed.isEmpty()) {
            polling.resume(resumed);
        }
        if (!waiting.isEmpty()) {
            polling.pause(waiting);
        }
    }

    List<CompletionWindow.Slot> unsettled(Collection<TopicPartition> partitions) {
        List<CompletionWindow.Slot> unsettled = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            PartitionIntake intake = intakes.get(partition);
            if (intake != null) {
                unsettled.addAll(intake.window().unsettled());
            }
        }
        return unsettled;
    }

    /** The oldest records of windows that are nearly full of finished work behind them. */
    List<CompletionWindow.Slot> stragglers(int mostPerPartition) {
        return intakes.values().stream()
                .filter(PartitionIntake::isHeldUp)
                .flatMap(intake -> intake.stragglers(mostPerPartition).stream())
                .toList();
    }
}
