package com.audiojones.bus.consume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One assigned partition: records polled and not yet taken on, and the window of those that were. Poll thread only. */
final class PartitionIntake {

    /** What a record in hand takes in memory beside its key and value. */
    private static final int OVERHEAD_BYTES = 1024;

    private final CompletionWindow window = new CompletionWindow();
    private final Deque<Waiting> backlog = new ArrayDeque<>();
    private final int slots;
    private boolean full;

    /** A record that was polled; one that could not be read says why. */
    private record Waiting(
            ConsumerRecord<byte[], byte[]> record,
            long dueNanos,
            @Nullable String unreadable) {}

    PartitionIntake(int slots) {
        this.slots = slots;
    }

    CompletionWindow window() {
        return window;
    }

    boolean hasBacklog() {
        return !backlog.isEmpty();
    }

    void offer(ConsumerRecord<byte[], byte[]> record, long dueNanos) {
        backlog.addLast(new Waiting(record, dueNanos, null));
    }

    void offerUnreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        backlog.addLast(new Waiting(record, 0, reason));
    }

    /** Whether the window takes records; once full it does not until half of it is free. */
    boolean hasRoom() {
        full = full ? window.size() > slots / 2 : window.size() >= slots;
        return !full;
    }

    /** Nanoseconds until the first record in the backlog is due; 0 or less: now. Only with a backlog. */
    long nanosUntilDue(long nowNanos) {
        return backlog.getFirst().dueNanos - nowNanos;
    }

    /** Moves the first record of the backlog into the window once the handler has it; gives its size. */
    int takeFirst(RecordHandler handler) {
        Waiting first = backlog.getFirst();
        ConsumerRecord<byte[], byte[]> record = first.record;
        int bytes =
                OVERHEAD_BYTES + Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0);
        CompletionWindow.Slot slot = new CompletionWindow.Slot(record.offset(), bytes);
        slot.workedOnBy(
                first.unreadable == null
                        ? handler.take(record, slot::settle)
                        : handler.unreadable(record, first.unreadable, slot::settle));
        window.add(slot);
        backlog.removeFirst();
        return bytes;
    }

    /** Whether the window is nearly full of records that wait only for the few before them. */
    boolean isHeldUp() {
        if (window.size() * 5L < slots * 4L) {
            return false;
        }
        return window.unsettled().size() * 20L <= window.size();
    }

    List<CompletionWindow.Slot> stragglers(int most) {
        List<CompletionWindow.Slot> unsettled = window.unsettled();
        return unsettled.subList(0, Math.min(most, unsettled.size()));
    }
}
