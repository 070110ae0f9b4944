package com.audiojones.bus.dispatcher.target;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link TargetTable} up to date from {@code webhook.targets}.
 *
 * <p>A target that was acknowledged before an event was published must be seen when the event is matched. A lane may
 * poll the event before this reader polls the target, so {@link #current} asks the broker where the topic ends now
 * and answers when the table has got there.
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
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();

    /** Questions asked before the end was looked up last; the reader's thread only. */
    private final List<CompletableFuture<Void>> open = new ArrayList<>();

    private volatile boolean closing;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /** Prepares the reader; {@link #start()} begins to read. Targets without a secret are signed with the shared one. */
    public TargetReader(KafkaSettings kafka, @Nullable Secret sharedSecret, AddressPolicy addresses) {
        this.kafka = kafka;
        this.table = new TargetTable(sharedSecret, addresses);
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
     * Asks the broker where {@code webhook.targets} ends now. Returns at once; safe from any thread.
     *
     * @return completed by the reader's thread when the table holds every target acknowledged before the call; while the
     *     broker is away or the feed has not run it waits
     */
    public CompletableFuture<Void> current() {
        CompletableFuture<Void> question = new CompletableFuture<>();
        asked.add(question);
        wakeUp();
        return question;
    }

    /** The targets of an event: the one it names, or all that want it. Evaluated once per event. */
    public List<TargetRoute> matching(LaneHeaders event, byte[] body, Instant now) {
        return table.matching(event, body, now);
    }

    /** The target as it is now, whether or not it wants anything; null: it was removed. */
    public @Nullable TargetRoute route(String id) {
        return table.route(id);
    }

    /** All targets as they are now. */
    public Collection<TargetRoute> routes() {
        return table.routes();
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
        for (CompletableFuture<Void> question = asked.poll(); question != null; question = asked.poll()) {
            open.add(question);
        }
        if (open.isEmpty()) {
            read(opened);
            return;
        }
        long end = opened.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        while (opened.position(PARTITION) < end || !table.isFed()) {
            read(opened);
        }
        open.forEach(question -> question.complete(null));
        open.clear();
    }

    private void read(Consumer<byte[], byte[]> opened) {
        for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL_TIMEOUT)) {
            table.apply(record.key(), record.value());
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
