package com.audiojones.bus.consume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition that were taken on in this assignment and are not yet below the committable position, in
 * the order in which they were fetched. Offsets are never computed with: gaps are legal.
 *
 * <p>The poll thread owns the window; only {@link Slot#settle()} may be called by other threads.
 */
final class CompletionWindow {

    private final Deque<Slot> slots = new ArrayDeque<>();
    private long bytes;
    private @Nullable Long committable;

    /** One record. */
    static final class Slot {
        private final long offset;
        private final int bytes;
        private volatile boolean settled;
        private @Nullable Work work;

        Slot(long offset, int bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }

        /** Any thread, any number of times. Without effect once the window was dropped. */
        void settle() {
            settled = true;
        }

        boolean isSettled() {
            return settled;
        }

        void workedOnBy(Work taken) {
            work = taken;
        }

        void handOff(Work.HandOff extent) {
            if (work != null && !settled) {
                work.handOff(extent);
            }
        }
    }

    /** Adds the record fetched after all that are in here. */
    void add(Slot slot) {
        slots.addLast(slot);
        bytes += slot.bytes;
    }

    /** Removes the settled records at the head, and gives the bytes they held. */
    long popSettled() {
        long before = bytes;
        Slot last = null;
        for (Slot head = slots.peekFirst(); head != null && head.isSettled(); head = slots.peekFirst()) {
            last = slots.removeFirst();
            bytes -= last.bytes;
        }
        if (last != null) {
            committable = last.offset + 1;
        }
        return before - bytes;
    }

    /** The position up to which every record was settled when it was last popped; null: nothing was. */
    @Nullable
    Long committable() {
        return committable;
    }

    int size() {
        return slots.size();
    }

    long bytes() {
        return bytes;
    }

    /** The unsettled records, oldest first. */
    List<Slot> unsettled() {
        return slots.stream().filter(slot -> !slot.isSettled()).toList();
    }
}
