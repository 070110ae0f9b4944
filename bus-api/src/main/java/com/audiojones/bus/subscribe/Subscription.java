package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.service.BusService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running subscription. Where Kafka was away when it was made, and the bus has a spool, it begins when Kafka is back.
 * Safe for use by many threads.
 */
public final class Subscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final String group;
    private final String pattern;
    private final Progress progress;
    private final Gate gate;
    private final GroupAdmin admin;
    private final Consumer<Subscription> onClose;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Guarded by this. */
    private Prepared prepared = new Prepared(List.of(), List.of());

    private volatile @Nullable String waitsFor;

    /** What Kafka had to be asked for. */
    record Prepared(Collection<String> topics, List<PartitionLoop> loops) {}

    /** Asks Kafka. */
    interface Preparation {

        /** @throws SubscriptionException if Kafka does not answer, or something speaks against it */
        Prepared prepare();
    }

    Subscription(
            String group,
            String pattern,
            Progress progress,
            Gate gate,
            GroupAdmin admin,
            Consumer<Subscription> onClose) {
        this.group = group;
        this.pattern = pattern;
        this.progress = progress;
        this.gate = gate;
        this.admin = admin;
        this.onClose = onClose;
    }

    void begin(Preparation preparation) {
        Prepared done = preparation.prepare();
        synchronized (this) {
            if (closing.getCount() > 0) {
                prepared = done;
                done.loops.forEach(PartitionLoop::start);
            }
        }
        waitsFor = null;
    }

    /** Tries for as long as Kafka is away. */
    void beginLater(Preparation preparation, SubscriptionException failure) {
        waitsFor = failure.getMessage();
        LOG.warn("the subscription to {} begins when Kafka is back: {}", pattern, failure.getMessage());
        Thread.ofVirtual().name("event-bus-subscribe").start(() -> tryUntilItBegins(preparation));
    }

    private void tryUntilItBegins(Preparation preparation) {
        try {
            while (!closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS) && waitsFor != null) {
                tryToBegin(preparation);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToBegin(Preparation preparation) {
        try {
            begin(preparation);
            LOG.info("the subscription to {} has begun", pattern);
        } catch (SubscriptionException e) {
            waitsFor = e.getMessage();
            if (!e.isOutage()) {
                LOG.error("the subscription to {} cannot begin, and is tried again: {}", pattern, e.getMessage());
            }
        }
    }

    synchronized Stream<PartitionLoop> services() {
        return prepared.loops.stream();
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
        Collection<String> topics;
        synchronized (this) {
            topics = prepared.topics;
        }
        return admin.lag(group, topics);
    }

    /** {@return why it does not work at the moment, one sentence each; empty: it works} */
    public List<String> notReady() {
        if (closing.getCount() == 0) {
            return List.of("the subscription to " + pattern + " is closed");
        }
        String current = waitsFor;
        return current == null
                ? services().flatMap(loop -> loop.notReady().stream()).toList()
                : List.of("the subscription to " + pattern + " waits: " + current);
    }

    /**
     * Takes no more events on, gives those under way a few seconds to end, commits what was acknowledged, and leaves the
     * group. What did not end is handed over again. Calling it again does nothing.
     */
    @Override
    public void close() {
        end();
        BusService.closeTogether(services().toList());
        onClose.accept(this);
    }

    /** Nothing begins any more. */
    synchronized void end() {
        closing.countDown();
    }
}
