package com.audiojones.bus.consume;

import java.time.Duration;

/**
 * What bounds the records that a {@link PartitionLoop} has taken on and not yet committed: after a crash they are done
 * again, and until they are settled they are in memory.
 *
 * @param slots the most records of one partition, 1 or more
 * @param bytes the most bytes of all partitions together; a single record may exceed it
 * @param commitEvery how often settled records are committed
 * @param grace how long work under way may take to end by itself when its partition goes or the loop is closed; what is
 *     left then is handed off, for which it has the same time again
 */
public record LoopLimits(int slots, long bytes, Duration commitEvery, Duration grace) {

    /** Checks the bounds. */
    public LoopLimits {
        if (slots < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "limits: expected at least one slot and one byte, got " + slots + " slots and " + bytes + " bytes");
        }
    }
}
