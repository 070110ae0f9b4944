package com.audiojones.bus.consume;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a compacted topic of one partition from its beginning and follows it, for as long as it is open. Records of
 * another shape are handed over as they are; those without a key are passed over. One thread of its own; all methods are
 * safe from any thread.
 */
public final class TopicFollower implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final String name;
    private final KafkaSettings kafka;
    private final TopicPartition partition;
    private final BiConsumer<String, byte @Nullable []> apply;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();

    /** Where to go on; the follower's thread only. */
    private long position;

    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * Prepares a follower; {@link #start()} begins to read.
     *
     * @param name the thread's name, and what log and health answers call it
     * @param kafka how the cluster is reached
     * @param topic a topic of one partition
     * @param apply told of each record, key and value, in order; a null value is a deletion. By the follower's thread
     */
    public TopicFollower(String name, KafkaSettings kafka, String topic, BiConsumer<String, byte @Nullable []> apply) {
        this.name = name;
        this.kafka = kafka;
        this.partition = new TopicPartition(topic, 0);
        this.apply = apply;
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
        return caughtUp.isDone() ? List.of() : List.of(name + ": reads " + partition.topic());
    }

    /** {@return completed when everything written before the start was handed over} */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        try {
            if (thread.isAlive()) {
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                follow();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(kafka.reader("ajbus-" + name))) {
            consumer = opened;
            opened.assign(List.of(partition));
            opened.seek(partition, position);
            long end = opened.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (closing.getCount() > 0) {
                opened.poll(POLL_TIMEOUT).forEach(this::hand);
                position = opened.position(partition);
                if (position >= end) {
                    caughtUp.complete(null);
                }
            }
        } catch (WakeupException | InterruptException e) {
            LOG.trace("{}: is being closed", name);
        } catch (RuntimeException e) {
            LOG.warn("{}: {}; reads on", name, e.getMessage());
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null) {
            apply.accept(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
    }
}
