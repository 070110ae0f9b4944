package com.audiojones.bus.dispatcher.state;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** The gates of all targets, and what dispatchers tell each other and the operators about them. */
public final class TargetControl implements BusService {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    /** The engines of all lanes write alerts: while the broker is away that must not hold them up. */
    private static final int MAX_BLOCK_MILLIS = 250;

    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final Map<String, TargetGate> gates = new ConcurrentHashMap<>();
    private final Producer<byte[], byte[]> producer;
    private final StateLog log;
    private final TargetWatch watch;
    private final Alerts alerts;
    private final Clock clock;

    /** Opens a producer; {@link #start()} begins to read what others found out. */
    public TargetControl(KafkaSettings kafka, Duration disableAfter, Clock clock) {
        this(kafka, new KafkaProducer<>(producing(kafka)), disableAfter, clock);
    }

    /** Writes with {@code producer}, which is closed with it. */
    public TargetControl(KafkaSettings kafka, Producer<byte[], byte[]> producer, Duration disableAfter, Clock clock) {
        String instance = UUID.randomUUID().toString();
        this.producer = producer;
        this.clock = clock;
        this.alerts = new Alerts(producer, clock);
        this.log = new StateLog(kafka, producer, instance, clock, this::learn);
        this.watch = new TargetWatch(log::state, log::write, alerts, disableAfter, instance, clock);
    }

    private static Map<String, Object> producing(KafkaSettings kafka) {
        Map<String, Object> producing = kafka.producer("ajbus-target-states");
        producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        return producing;
    }

    /** The gate of a target; made when first asked for. */
    public TargetGate gate(String targetId) {
        return gates.computeIfAbsent(targetId, id -> new TargetGate());
    }

    /**
     * Forgets what was learnt of a target that was removed; without effect while requests to it are under way, so to be
     * told again when they have ended. What others wrote of it stays on record.
     */
    public void forget(String targetId) {
        gates.computeIfPresent(targetId, (id, gate) -> gate.isIdle() ? null : gate);
        watch.forget(targetId);
    }

    /** How many targets there is a gate for. */
    int gates() {
        return gates.size();
    }

    /** The requests of a lane are given up: they take no room at any target. */
    public void abandoned(Lane lane) {
        long now = System.nanoTime();
        gates.values().forEach(gate -> gate.abandoned(lane, now));
    }

    /** Follows how targets fare. */
    public TargetWatch watch() {
        return watch;
    }

    /** Tells operators. */
    public Alerts alerts() {
        return alerts;
    }

    /** How many dispatchers share the limits of targets. */
    public int instances() {
        return log.instances();
    }

    /** Completed by a thread of this service when everything that was found out before the start is known. */
    public CompletableFuture<Void> caughtUp() {
        return log.caughtUp();
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public void start() {
        log.start();
    }

    @Override
    public List<String> notReady() {
        return log.notReady();
    }

    @Override
    public void close() {
        log.close();
        producer.close(CLOSE_TIMEOUT);
    }

    private void learn(String targetId, TargetState state) {
        watch.learn(targetId, state);
        gate(targetId)
                .learn(
                        state.breaker() == TargetState.Breaker.OPEN,
                        nanosUntil(state.openUntil()),
                        nanosUntil(state.notBefore()),
                        System.nanoTime());
    }

    /** At most a day: a time that a record names may be any. */
    private long nanosUntil(@Nullable Instant time) {
        Instant now = clock.instant();
        if (time == null || time.isBefore(now)) {
            return 0;
        }
        Duration left = Duration.between(now, time);
        return left.compareTo(LONGEST_WAIT) < 0 ? left.toNanos() : LONGEST_WAIT.toNanos();
    }
}
