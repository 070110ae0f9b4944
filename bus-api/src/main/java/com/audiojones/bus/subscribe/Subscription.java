package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.service.BusService;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A running subscription. Safe for use by many threads. */
public final class Subscription implements AutoCloseable {

    private final String group;
    private final String pattern;
    private final Collection<String> topics;
    private final List<PartitionLoop> loops;
    private final Progress progress;
    private final Gate gate;
    private final GroupAdmin admin;

    Subscription(
            String group,
            String pattern,
            Collection<String> topics,
            List<PartitionLoop> loops,
            Progress progress,
            Gate gate,
            GroupAdmin admin) {
        this.group = group;
        this.pattern = pattern;
        this.topics = topics;
        this.loops = loops;
        this.progress = progress;
        this.gate = gate;
        this.admin = admin;
    }

    void start() {
        loops.forEach(PartitionLoop::start);
    }

    Stream<PartitionLoop> services() {
        return loops.stream();
    }

    /** {@return the consumer group} */
    public String group() {
        return group;
    }

    /** {@return the pattern} */
    public String pattern() {
        return pattern;
    }

    /** Takes no more events on until {@link #resume()}. Those under way end; the group keeps its members. */
    public void pause() {
        gate.set(false);
    }

    /** Takes events on again. */
    public void resume() {
        gate.set(true);
    }

    /** {@return whether it is paused} */
    public boolean isPaused() {
        return !gate.isOpen();
    }

    /** {@return what became of the events so far, in this subscription of this process} */
    public SubscriptionCounts counts() {
        return progress.counts();
    }

    /**
     * How far the group is behind. Asks Kafka: blocks up to the deadline of the event bus for each of a few questions.
     *
     * @return how many records of the lanes the group has not committed, those included that the pattern passes over
     * @throws SubscriptionException if Kafka does not answer
     */
    public long lag() {
        return admin.lag(group, topics);
    }

    /** {@return why it does not work at the moment, one sentence each; empty: it works} */
    public List<String> notReady() {
        return loops.stream().flatMap(loop -> loop.notReady().stream()).toList();
    }

    /**
     * Takes no more events on, gives those under way a few seconds to end, commits what was acknowledged, and leaves the
     * group. What did not end is handed over again. Calling it again does nothing.
     */
    @Override
    public void close() {
        BusService.closeTogether(loops);
    }
}
