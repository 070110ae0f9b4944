package com.audiojones.bus.dispatcher.target;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link TargetTable} up to date from {@code webhook.targets}.
 *
 * <p>A target that was acknowledged before an event was published must be seen when the event is matched. A lane may
 * poll the event before this reader polls the target, so {@link #current} asks the broker where the topic ends now and
 * answers when the table has got there. It asks over a connection of its own: on the reader's the answer would wait
 * behind the fetch that waits for the next change.
 */
public final class TargetReader implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(TargetReader.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TARGETS, 0);

    private final KafkaSettings kafka;
    private final TargetTable table;
    private final Thread reading;
    private final Thread asking;
    private final BlockingQueue<CompletableFuture<Void>> asked = new LinkedBlockingQueue<>();
    private final Queue<Question> open = new ConcurrentLinkedQueue<>();

    /** Up to where the table has taken the topic in; only the reading thread writes it. */
    private volatile long position;

    private volatile boolean closing;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /** Answered when the table has got to {@code end}. */
    private record Question(long end, CompletableFuture<Void> answer) {}

    /**
     * Prepares the reader; {@link #start()} begins to read. Targets without a secret are signed with the shared one.
     *
     * @param removed told of each target that is removed, by a thread of the reader's
     * @param vault how secrets are kept in the topic
     */
    public TargetReader(
            KafkaSettings kafka,
            @Nullable Secret sharedSecret,
            AddressPolicy addresses,
            java.util.function.Consumer<String> removed,
            TargetVault vault) {
        this.kafka = kafka;
        this.table = new TargetTable(sharedSecret, addresses, removed, vault);
        this.reading = Thread.ofPlatform().name("targets").unstarted(() -> repeat("ajbus-targets", this::follow));
        this.asking = Thread.ofPlatform().name("targets-end").unstarted(() -> repeat("ajbus-targets-end", this::ask));
    }

    @Override
    public String name() {
        return "targets";
    }

    @Override
    public void start() {
        reading.start();
        asking.start();
    }

    @Override
    public List<String> notReady() {
        return table.isFed() ? List.of() : List.of("dispatcher: waits for the target feed to fill webhook.targets");
    }

    /**
     * Asks the broker where {@code webhook.targets} ends now. Returns at once; safe from any thread.
     *
     * @return completed by a thread of the reader's when the table holds every target acknowledged before the call;
     *     while the broker is away or the feed has not run it waits
     */
    public CompletableFuture<Void> current() {
        CompletableFuture<Void> question = new CompletableFuture<>();
        asked.add(question);
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
        asking.interrupt();
        Consumer<byte[], byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        try {
            for (Thread thread : List.of(reading, asking)) {
                if (thread.isAlive()) {
                    thread.join(CLOSE_TIMEOUT);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a thread does with its consumer, until it throws. */
    private interface Task {
        void run(Consumer<byte[], byte[]> opened) throws InterruptedException;
    }

    private void repeat(String clientId, Task task) {
        while (!closing) {
            try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(kafka.reader(clientId))) {
                opened.assign(List.of(PARTITION));
                task.run(opened);
            } catch (InterruptedException | InterruptException | WakeupException e) {
                LOG.trace("{}: is being closed", clientId);
            } catch (RuntimeException e) {
                LOG.warn("{}: {}; begins again", clientId, e.getMessage());
                pause();
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> opened) {
        position = 0;
        opened.seekToBeginning(List.of(PARTITION));
        consumer = opened;
        while (!closing) {
            for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL_TIMEOUT)) {
                table.apply(record.key(), record.value());
            }
            position = opened.position(PARTITION);
            answer();
        }
    }

    /** Looks up the end once for all who have asked until then. A question that met a failure is asked again. */
    private void ask(Consumer<byte[], byte[]> opened) throws InterruptedException {
        while (!closing) {
            List<CompletableFuture<Void>> questions = new ArrayList<>();
            questions.add(asked.take());
            asked.drainTo(questions);
            try {
                long end = opened.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
                questions.forEach(question -> open.add(new Question(end, question)));
            } catch (KafkaException e) {
                asked.addAll(questions);
                throw e;
            }
            answer();
        }
    }

    /** Either thread; a question that both meet is answered once. */
    private void answer() {
        if (table.isFed()) {
            open.removeIf(question -> {
                boolean reached = question.end() <= position;
                if (reached) {
                    question.answer().complete(null);
                }
                return reached;
            });
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
