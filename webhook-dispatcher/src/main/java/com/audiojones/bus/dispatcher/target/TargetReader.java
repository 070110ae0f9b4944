package com.audiojones.bus.dispatcher.target;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link TargetTable} up to date from {@code webhook.targets}.
 *
 * <p>A target that was acknowledged before an event was published must be seen when the event is matched. A lane may
 * poll the event before this reader polls the target, so {@link #awaitCurrent} asks the broker where the topic ends now
 * and returns when the table has got there.
 */
public final class TargetReader implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(TargetReader.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TARGETS, 0);

    private final KafkaSettings kafka;
    private final TargetTable table;
    private final Thread thread;
    private final AtomicLong asked = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    /** The newest question that the table's state answers; guarded by {@code lock}. */
    private long answered;

    private volatile boolean closing;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /** Prepares the reader; {@link #start()} begins to read. Targets without a secret are signed with the shared one. */
    public TargetReader(KafkaSettings kafka, @Nullable Secret sharedSecret) {
        this.kafka = kafka;
        this.table = new TargetTable(sharedSecret);
        this.thread = Thread.ofPlatform().name("targets").unstarted(this::run);
    }

    @Override
    public String name() {
        return "targets";
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public List<String> notReady() {
        return table.isFed() ? List.of() : List.of("dispatcher: waits for the target feed to fill webhook.targets");
    }

    /**
     * Blocks until the table holds every target acknowledged before the call.
     *
     * @throws KafkaException if that does not happen in time
     */
    public void awaitCurrent(Duration timeout) throws InterruptedException {
        long question = asked.incrementAndGet();
        wakeUp();
        long nanosLeft = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (answered < question || !table.isFed()) {
                if (nanosLeft <= 0) {
                    throw new KafkaException(
                            "webhook.targets could not be read to its end within " + timeout.toSeconds() + " s");
                }
                nanosLeft = progress.awaitNanos(nanosLeft);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The targets of an event: the one it names, or all that want it. Evaluated once per event. */
    public List<TargetRoute> matching(LaneHeaders event, Instant now) {
        return table.matching(event, now);
    }

    @Override
    public void close() {
        closing = true;
        wakeUp();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeUp() {
        Consumer<byte[], byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
    }

    private void run() {
        while (!closing) {
            try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(kafka.reader("ajbus-targets"))) {
                opened.assign(List.of(PARTITION));
                opened.seekToBeginning(List.of(PARTITION));
                consumer = opened;
                follow(opened);
            } catch (RuntimeException e) {
                LOG.warn("targets: {}; reads again from the beginning", e.getMessage());
                pause();
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> opened) {
        while (!closing) {
            try {
                step(opened);
            } catch (WakeupException e) {
                LOG.trace("targets: somebody asks whether the table is current");
            }
        }
    }

    /** Answers the questions asked before the end was looked up, once the end is reached; reads on if there are none. */
    private void step(Consumer<byte[], byte[]> opened) {
        long question = asked.get();
        if (question == answered()) {
            read(opened);
            return;
        }
        long end = opened.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        while (opened.position(PARTITION) < end) {
            read(opened);
        }
        answer(question);
    }

    private void read(Consumer<byte[], byte[]> opened) {
        for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL_TIMEOUT)) {
            table.apply(record.key(), record.value());
        }
        answer(answered());
    }

    private long answered() {
        lock.lock();
        try {
            return answered;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody who waits: a question may be answered, or the feed's marker may have come. */
    private void answer(long question) {
        lock.lock();
        try {
            answered = Math.max(answered, question);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
