package com.audiojones.bus.consume;

import com.audiojones.bus.service.BusService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes partitions so that records end in any order and nothing is committed before everything below it is settled.
 * Each assigned partition has a window of records under way; a record that takes long holds up the commit, not the
 * records behind it. Whatever goes wrong, records are handed over again from the committed position: duplicates are
 * possible, loss is not.
 *
 * <p>One thread of its own polls, hands records over and commits; it alone touches the consumer and the windows, and it
 * takes no lock. Bounded: where a window or the memory for all of them is full, the partition is paused and polling goes
 * on. When partitions are revoked or the loop is closed, work under way gets a short time to end, the rest is handed
 * off, and what is settled is committed before the partitions go.
 */
public final class PartitionLoop implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionLoop.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    private static final Duration BLOCKED_POLL = Duration.ofMillis(5);
    private static final Duration DUE_POLL = Duration.ofMillis(50);
    private static final Duration RELIEF_EVERY = Duration.ofMillis(100);
    private static final int RELIEVED_AT_ONCE = 8;
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(15);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> opening;
    private final Collection<String> topics;
    private final Intakes intakes;
    private final Commits commits;
    private final HandOver handOver;
    private final UnreadableRecords records;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Poll thread only. */
    private long relievedNanos;

    private volatile @Nullable String trouble = "waits for its partitions";
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * Prepares a loop; {@link #start()} runs it.
     *
     * @param name the loop's name in health answers, logs and as thread name
     * @param consumerConfig settings of a consumer with a group
     * @param topics what to subscribe to
     * @param limits what may be under way
     * @param handler works on the records
     */
    public PartitionLoop(
            String name,
            Map<String, Object> consumerConfig,
            Collection<String> topics,
            LoopLimits limits,
            RecordHandler handler) {
        this(
                name,
                () -> new KafkaConsumer<>(BoundedFetch.of(consumerConfig)),
                topics,
                limits,
                handler,
                new OffsetCommitter(limits.commitEvery(), System.nanoTime()));
    }

    /**
     * Prepares a loop that writes records together with the positions it commits; {@link #start()} runs it.
     *
     * @param name the loop's name in health answers, logs and as thread name
     * @param consumerConfig settings of a consumer with a group
     * @param topics what to subscribe to
     * @param limits what may be under way
     * @param handler works on the records
     * @param together what is written with the positions
     */
    public PartitionLoop(
            String name,
            Map<String, Object> consumerConfig,
            Collection<String> topics,
            LoopLimits limits,
            RecordHandler handler,
            CommitTogether together) {
        this(
                name,
                () -> new KafkaConsumer<>(BoundedFetch.of(consumerConfig)),
                topics,
                limits,
                handler,
                new TransactionalCommits(name, together, limits.commitEvery()));
    }

    PartitionLoop(
            String name,
            Supplier<Consumer<byte[], byte[]>> opening,
            Collection<String> topics,
            LoopLimits limits,
            RecordHandler handler,
            Commits commits) {
        this.name = name;
        this.opening = opening;
        this.topics = List.copyOf(topics);
        this.intakes = new Intakes(limits, handler);
        this.commits = commits;
        this.handOver = new HandOver(intakes, commits, limits.grace());
        this.records = new UnreadableRecords(
                name, new MissingPositions(name, handler::lost, this::beginAnew), intakes::offerUnreadable);
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public List<String> notReady() {
        String current = trouble;
        return current == null ? List.of() : List.of(name + ": " + current);
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(JOIN_TIMEOUT)) {
                LOG.warn("{}: does not end; what it had under way is done again", name);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                consume();
            } while (!closing.await(Backoff.LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("{}: interrupted; what it had under way is done again", name);
        } finally {
            commits.close();
            trouble = "has ended";
        }
    }

    /** Returns when the loop is being closed, or when no consumer could be made or used. */
    private void consume() throws InterruptedException {
        try (Consumer<byte[], byte[]> opened = opening.get()) {
            consumer = opened;
            Rebalance rebalance = new Rebalance(opened, intakes, handOver);
            opened.subscribe(topics, rebalance);
            Membership membership = new Membership(opened);
            Duration pause = Duration.ZERO;
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = step(opened, rebalance, membership) ? Duration.ZERO : Backoff.longer(pause);
            }
            handOver.settleAndCommit(opened, intakes.partitions());
            handOver.forget(intakes.partitions());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            trouble = "cannot consume: " + e.getMessage();
            LOG.error("{}: cannot consume: {}; tries again", name, e.getMessage());
        } finally {
            handOver.forget(intakes.partitions());
            commits.reset();
        }
    }

    /** One poll and what follows from it; false if it did not work out. */
    private boolean step(Consumer<byte[], byte[]> polling, Rebalance rebalance, Membership membership)
            throws InterruptedException {
        try {
            turn(polling);
            trouble = rebalance.hasJoined() ? membership.trouble(System.nanoTime()) : "waits for its partitions";
            return true;
        } catch (WakeupException e) {
            LOG.trace("{}: is being closed", name);
            return true;
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            trouble = "tries again after: " + e.getMessage();
            LOG.warn("{}: {}; tries again", name, e.getMessage());
            return false;
        }
    }

    /** What a failure leaves in memory holds: a record that could not be handed over is still the next one. */
    private void turn(Consumer<byte[], byte[]> polling) {
        long now = System.nanoTime();
        intakes.popSettled();
        if (commits.isDue(polling, now)) {
            commits.commitAsync(polling, intakes.committable(intakes.partitions()), now);
        }
        if (now - relievedNanos > RELIEF_EVERY.toNanos()) {
            relievedNanos = now;
            intakes.stragglers(RELIEVED_AT_ONCE).forEach(slot -> slot.handOff(Work.HandOff.STRAGGLING));
        }
        intakes.takeDue(now);
        intakes.pauseWhatWaits(polling);
        Long next = intakes.nanosUntilNext(now, BLOCKED_POLL.toNanos());
        ConsumerRecords<byte[], byte[]> polled = records.poll(polling, next == null ? IDLE_POLL : untilNext(next));
        intakes.offer(polled, System.nanoTime());
        intakes.takeDue(System.nanoTime());
    }

    /** Offsets begin again below those in the window: what they come to does not concern the new ones. */
    private void beginAnew(TopicPartition partition) {
        handOver.forget(List.of(partition));
        intakes.add(List.of(partition));
    }

    private static Duration untilNext(long nanos) {
        return nanos > DUE_POLL.toNanos() ? DUE_POLL : Duration.ofNanos(Math.max(nanos, 1_000_000));
    }
}
