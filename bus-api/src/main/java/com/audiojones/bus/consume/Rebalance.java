package com.audiojones.bus.consume;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** Takes partitions up and gives them back. Called by the consumer inside {@code poll} and {@code close}, on the poll thread. */
final class Rebalance implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> polling;
    private final Intakes intakes;
    private final HandOver handOver;

    /** Whether the group has given this member its share, which may be nothing. */
    private boolean joined;

    Rebalance(Consumer<byte[], byte[]> polling, Intakes intakes, HandOver handOver) {
        this.polling = polling;
        this.intakes = intakes;
        this.handOver = handOver;
    }

    boolean hasJoined() {
        return joined;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        intakes.add(partitions);
        joined = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            handOver.settleAndCommit(polling, partitions);
        } finally {
            handOver.forget(partitions);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        intakes.unsettled(partitions).forEach(slot -> slot.handOff(Work.HandOff.FORGET));
        handOver.forget(partitions);
    }
}
