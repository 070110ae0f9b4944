package com.audiojones.bus.consume;

import com.audiojones.bus.service.BusService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, has the batch settled, commits; in this order, so that nothing is committed that is not settled. Whatever goes
 * wrong between poll and commit is tried again from the committed position for as long as the loop runs: duplicates are
 * possible, loss is not. One thread of its own polls and commits, another settles; all methods are safe from any thread.
 */
public final class BatchLoop implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> opening;
    private final Collection<String> topics;
    private final BatchHandler handler;
    private final MissingPositions positions;
    private final Thread thread;
    private final ExecutorService worker;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** A batch could not be settled, and none has been since; the loop's thread only. */
    private boolean stuck;

    private volatile @Nullable String trouble = "waits for its partitions";
    private volatile long lag;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * Prepares a loop; {@link #start()} runs it.
     *
     * @param name the loop's name in health answers, logs and as thread name
     * @param consumerConfig settings of a consumer with a group
     * @param topics what to subscribe to
     * @param maxBatch the most records of one batch
     * @param handler settles the batches
     */
    public BatchLoop(
            String name,
            Map<String, Object> consumerConfig,
            Collection<String> topics,
            int maxBatch,
            BatchHandler handler) {
        this(name, () -> new KafkaConsumer<>(limited(consumerConfig, maxBatch)), topics, handler);
    }

    BatchLoop(
            String name, Supplier<Consumer<byte[], byte[]>> opening, Collection<String> topics, BatchHandler handler) {
        this.name = name;
        this.opening = opening;
        this.topics = List.copyOf(topics);
        this.handler = handler;
        this.positions = new MissingPositions(name, (partition, count) -> {}, partition -> {});
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name + "-batch").daemon().factory());
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

    /** {@return how many records of its partitions it has not polled yet, as of the last poll} */
    public long lag() {
        return lag;
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(GRACE)) {
                thread.interrupt();
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> limited(Map<String, Object> consumerConfig, int maxBatch) {
        Map<String, Object> config = new HashMap<>(consumerConfig);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxBatch);
        return config;
    }

    private void run() {
        try {
            do {
                consume();
            } while (!closing.await(Backoff.LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | InterruptException | WakeupException e) {
            LOG.debug("{}: stopped in the middle of a batch, which will be done again", name);
        } finally {
            worker.shutdownNow();
            trouble = "has ended";
        }
    }

    /** Returns when the loop is being closed, or when no consumer could be made. */
    private void consume() throws InterruptedException {
        try (Consumer<byte[], byte[]> opened = opening.get()) {
            consumer = opened;
            opened.subscribe(topics);
            Duration pause = Duration.ZERO;
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = step(opened) ? Duration.ZERO : Backoff.longer(pause);
            }
        } catch (InterruptException | WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            trouble = "cannot consume: " + e.getMessage();
            LOG.error("{}: cannot consume: {}; tries again", name, e.getMessage());
        }
    }

    /** One poll and what follows from it; false if it did not work out. */
    private boolean step(Consumer<byte[], byte[]> polling) throws InterruptedException {
        try {
            ConsumerRecords<byte[], byte[]> batch = positions.poll(polling, POLL_TIMEOUT);
            lag = polling.assignment().stream()
                    .mapToLong(partition -> polling.currentLag(partition).orElse(0))
                    .sum();
            if (!batch.isEmpty()) {
                stuck = true;
                settle(polling, batch);
                stuck = false;
            }
            if (!stuck) {
                trouble = polling.assignment().isEmpty() ? "waits for its partitions" : null;
            }
            return !stuck;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            trouble = "tries again after: " + e.getMessage();
            LOG.warn("{}: {}; tries again", name, e.getMessage());
            return false;
        }
    }

    private void settle(Consumer<byte[], byte[]> polling, ConsumerRecords<byte[], byte[]> batch)
            throws InterruptedException {
        Future<?> settling = worker.submit(() -> {
            handler.settle(batch);
            return null;
        });
        boolean settled = false;
        try {
            awaitSettled(polling, settling);
            settled = true;
        } finally {
            if (!settled) {
                settling.cancel(true);
                rewind(polling, batch);
            }
            polling.resume(polling.paused());
        }
        commit(polling, batch);
    }

    /** A batch that takes long must not cost the membership: the loop goes on polling, with everything paused. */
    private void awaitSettled(Consumer<byte[], byte[]> polling, Future<?> settling) throws InterruptedException {
        while (!isSettledWithin(QUICK, settling)) {
            polling.pause(polling.assignment());
            try {
                rewind(polling, positions.poll(polling, Duration.ZERO));
            } catch (WakeupException e) {
                LOG.trace("the loop is being closed, the batch has its grace");
            }
        }
    }

    private static boolean isSettledWithin(Duration time, Future<?> settling) throws InterruptedException {
        try {
            settling.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new KafkaException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        }
    }

    /** The batch is polled again from its first records, where this member still owns them. */
    private static void rewind(Consumer<byte[], byte[]> polling, ConsumerRecords<byte[], byte[]> batch) {
        for (TopicPartition partition : batch.partitions()) {
            if (polling.assignment().contains(partition)) {
                polling.seek(partition, batch.records(partition).getFirst().offset());
            }
        }
    }

    /** A wake-up that arrives here must not cost the commit of work that is done. */
    private static void commit(Consumer<byte[], byte[]> polling, ConsumerRecords<byte[], byte[]> batch) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(batch.nextOffsets());
        next.keySet().retainAll(polling.assignment());
        try {
            polling.commitSync(next);
        } catch (WakeupException e) {
            polling.commitSync(next);
        }
    }
}
