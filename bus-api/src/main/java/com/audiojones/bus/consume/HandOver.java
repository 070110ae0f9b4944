package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Brings work under way to an end before its partitions go. Poll thread only. */
final class HandOver {

    private static final Duration CHECK = Duration.ofMillis(2);

    private final Intakes intakes;
    private final Commits commits;
    private final Duration grace;

    HandOver(Intakes intakes, Commits commits, Duration grace) {
        this.intakes = intakes;
        this.commits = commits;
        this.grace = grace;
    }

    /** Lets work under way end, hands the rest off, commits. Blocks up to twice the grace. */
    void settleAndCommit(Consumer<byte[], byte[]> polling, Collection<TopicPartition> partitions) {
        handOff(partitions, Work.HandOff.NOT_BEGUN);
        handOff(partitions, Work.HandOff.ALL);
        intakes.popSettled();
        commits.commitSync(polling, intakes.committable(partitions));
    }

    /** What partitions that went still come to changes nothing any more. */
    void forget(Collection<TopicPartition> partitions) {
        intakes.drop(partitions);
        partitions.forEach(commits::forget);
    }

    private void handOff(Collection<TopicPartition> partitions, Work.HandOff extent) {
        List<CompletionWindow.Slot> open = intakes.unsettled(partitions);
        open.forEach(slot -> slot.handOff(extent));
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            while (!open.stream().allMatch(CompletionWindow.Slot::isSettled) && System.nanoTime() - deadline < 0) {
                Thread.sleep(CHECK);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
