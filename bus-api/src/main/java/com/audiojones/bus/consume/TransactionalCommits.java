package com.audiojones.bus.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits positions and {@link PositionRecords} in one transaction, on a thread of its own, so that polling goes on. Where
 * a transaction failed, or nobody knows, the broker is asked for the committed positions before anything else is
 * committed: the consumer has to read committed records only, or it would be told of positions that are not decided yet.
 */
final class TransactionalCommits implements Commits {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalCommits.class);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final PositionRecords records;
    private final long everyNanos;
    private final Transactions transactions;
    private final ExecutorService worker;
    private final CommittedPositions committed = new CommittedPositions();
    private long lastNanos = System.nanoTime();
    private @Nullable UnderWay underWay;

    private record UnderWay(Map<TopicPartition, Long> positions, CompletableFuture<Void> end) {}

    TransactionalCommits(String name, CommitTogether together, Duration every) {
        this.name = name;
        this.records = together.records();
        this.everyNanos = every.toNanos();
        this.transactions = new Transactions(together.producerConfig());
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name + "-commits").daemon().factory());
    }

    @Override
    public boolean isDue(Consumer<?, ?> consumer, long nowNanos) {
        UnderWay now = underWay;
        if (now != null && now.end().isDone()) {
            conclude(consumer, now);
        }
        return underWay == null && nowNanos - lastNanos >= everyNanos;
    }

    @Override
    public void commitAsync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions, long nowNanos) {
        lastNanos = nowNanos;
        Map<TopicPartition, Long> fresh = committed.beyond(positions);
        if (!fresh.isEmpty()) {
            underWay = begin(consumer, fresh);
        }
    }

    @Override
    public void commitSync(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions) {
        awaitEnd(consumer);
        Map<TopicPartition, Long> fresh = committed.beyond(positions);
        if (!fresh.isEmpty()) {
            underWay = begin(consumer, fresh);
            awaitEnd(consumer);
        }
    }

    @Override
    public void forget(TopicPartition partition) {
        committed.forget(partition);
        records.forget(partition);
    }

    @Override
    public void reset() {
        underWay = null;
        committed.clear();
    }

    @Override
    public void close() {
        worker.execute(transactions::close);
        worker.shutdown();
    }

    private UnderWay begin(Consumer<?, ?> consumer, Map<TopicPartition, Long> fresh) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        fresh.forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
        Transactions.Commit commit = new Transactions.Commit(records.upTo(fresh), offsets, consumer.groupMetadata());
        return new UnderWay(fresh, CompletableFuture.runAsync(() -> transactions.run(commit), worker));
    }

    private void awaitEnd(Consumer<?, ?> consumer) {
        UnderWay now = underWay;
        if (now != null) {
            now.end().handle((done, failure) -> null).join();
            conclude(consumer, now);
        }
    }

    private void conclude(Consumer<?, ?> consumer, UnderWay ended) {
        Map<TopicPartition, Long> done = ended.positions();
        if (ended.end().isCompletedExceptionally()) {
            LOG.warn("{}: a commit failed: {}; it is done again", name, failure(ended));
            done = whatIsCommitted(consumer, ended.positions());
        }
        underWay = null;
        committed.reached(done);
        records.committed(done);
    }

    /** A transaction commits all of its positions or none; what it had of a partition that went is not ours any more. */
    private static Map<TopicPartition, Long> whatIsCommitted(
            Consumer<?, ?> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> found = consumer.committed(positions.keySet(), ASK_TIMEOUT);
        Map<TopicPartition, Long> done = new HashMap<>();
        positions.forEach((partition, position) -> {
            OffsetAndMetadata there = found.get(partition);
            if (there != null && there.offset() >= position) {
                done.put(partition, position);
            }
        });
        return done;
    }

    private static String failure(UnderWay ended) {
        try {
            ended.end().join();
            return "";
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
