package com.audiojones.bus.dispatcher.state;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code webhook.target-state}: what each dispatcher finds out about targets reaches all others, and outlives restarts.
 * A state is in force here when its record was read back. Beside the states the topic holds a sign of life of every
 * dispatcher, by which they know how many share a target's limits.
 *
 * <p>One thread of its own reads and writes; all methods are safe from any thread and return at once.
 */
final class StateLog implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);
    private static final byte[] SIGN_OF_LIFE = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration FLUSH_EVERY = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TARGET_STATE, 0);

    private final KafkaSettings kafka;
    private final Producer<byte[], byte[]> producer;
    private final String instance;
    private final BiConsumer<String, TargetState> listener;
    private final Thread thread;
    private final Map<String, TargetState> states = new ConcurrentHashMap<>();
    private final Map<String, TargetState> unwritten = new ConcurrentHashMap<>();
    private final Map<String, TargetState> sent = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Dispatchers dispatchers;

    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * Prepares the log; {@link #start()} begins to read.
     *
     * @param instance this dispatcher's name among all
     * @param listener told of each state another dispatcher wrote, by this log's thread
     */
    StateLog(
            KafkaSettings kafka,
            Producer<byte[], byte[]> producer,
            String instance,
            Clock clock,
            BiConsumer<String, TargetState> listener) {
        this.kafka = kafka;
        this.producer = producer;
        this.instance = instance;
        this.dispatchers = new Dispatchers(instance, clock);
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("target-states").unstarted(this::run);
    }

    @Override
    public String name() {
        return "target-states";
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public List<String> notReady() {
        return caughtUp.isDone() ? List.of() : List.of("dispatcher: reads webhook.target-state");
    }

    /** Completed when every state written before the start is known. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** The state in force, null: none was ever written. */
    @Nullable
    TargetState state(String targetId) {
        return states.get(targetId);
    }

    /** Writes a state soon; of several for one target at about the same time the last one. Tried until acknowledged. */
    void write(String targetId, TargetState state) {
        unwritten.put(targetId, state);
    }

    /** How many dispatchers there are, this one included. */
    int instances() {
        return dispatchers.count();
    }

    @Override
    public void close() {
        if (closing.getCount() == 0) {
            return;
        }
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
        flush();
        send(dispatchers.ownKey(), null, () -> {});
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
        try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(kafka.reader("ajbus-target-states"))) {
            opened.assign(List.of(PARTITION));
            opened.seekToBeginning(List.of(PARTITION));
            consumer = opened;
            long end = opened.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (closing.getCount() > 0) {
                opened.poll(FLUSH_EVERY).forEach(this::apply);
                if (opened.position(PARTITION) >= end) {
                    caughtUp.complete(null);
                }
                dispatchers.recount();
                flush();
                showLife();
            }
        } catch (WakeupException e) {
            LOG.trace("target-states: is being closed");
        } catch (RuntimeException e) {
            LOG.warn("target-states: {}; reads again from the beginning", e.getMessage());
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (Dispatchers.isKey(key)) {
            if (dispatchers.saw(key, value != null, record.timestamp())) {
                send(key, null, () -> {});
            }
        } else if (value == null) {
            states.remove(key);
        } else {
            take(key, value);
        }
    }

    private void take(String targetId, byte[] value) {
        try {
            TargetState state = TargetState.fromJson(value);
            TargetState known = states.get(targetId);
            if (known != null && known.outweighs(state)) {
                // Written by a dispatcher that had not read of the disabling yet: once more, for whoever starts later.
                write(targetId, known);
                return;
            }
            states.put(targetId, state);
            if (!state.instance().equals(instance)) {
                listener.accept(targetId, state);
            }
        } catch (InvalidRecordException e) {
            LOG.warn("the state of target {} in webhook.target-state is passed over: {}", targetId, e.reason());
        }
    }

    private void showLife() {
        if (dispatchers.isSignDue()) {
            send(dispatchers.ownKey(), SIGN_OF_LIFE, () -> {});
        }
    }

    /** What was sent and not answered is not sent again: it would pile up while the broker is away. */
    private void flush() {
        unwritten.forEach((targetId, state) -> {
            if (!state.equals(sent.put(targetId, state))) {
                send(targetId, state.toJson(), () -> unwritten.remove(targetId, state));
            }
        });
    }

    private void send(String key, byte @Nullable [] value, Runnable acknowledged) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(Topics.TARGET_STATE, bytes, value), (position, failure) -> {
            sent.remove(key);
            if (failure == null) {
                acknowledged.run();
            } else {
                LOG.debug("target-states: {} was not written, tries again: {}", key, failure.getMessage());
            }
        });
    }
}
