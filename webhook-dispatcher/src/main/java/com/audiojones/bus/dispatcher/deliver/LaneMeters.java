package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.lane.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of one lane. Of the pairs that this process matched and took out of retry topics, less those it put there:
 * {@code matched = delivered + dead-lettered + expired + removed + in-hand + retrying + parked}, summed over all
 * instances, at any moment at which nothing is between two of these. Safe for use by many threads.
 */
final class LaneMeters {

    /** Targets beyond these are counted together. */
    private static final int MOST_TARGETS = 200;

    private static final String PAIRS = "bus.dispatcher.pairs";

    private final MeterRegistry registry;
    private final Lane lane;
    private final Counter unmatched;
    private final Counter failedAttempts;
    private final Counter lost;
    private final Timer queue;
    private final Timer connect;
    private final Timer response;
    private final AtomicLong inHand = new AtomicLong();
    private final AtomicLong retrying = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final Map<String, TargetMeters> targets = new ConcurrentHashMap<>();
    private final Map<DeliveryKind, Counter> ends = new EnumMap<>(DeliveryKind.class);
    private final Counter matched;

    private record TargetMeters(Counter delivered, Counter failed, Counter deadLettered) {}

    LaneMeters(MeterRegistry registry, Lane lane) {
        this.registry = registry;
        this.lane = lane;
        this.unmatched = registry.counter("bus.dispatcher.unmatched", tags());
        this.failedAttempts = registry.counter("bus.dispatcher.attempts.failed", tags());
        this.lost = registry.counter("bus.dispatcher.records.lost", tags());
        this.matched = registry.counter("bus.dispatcher.matched", tags());
        for (DeliveryKind kind : DeliveryKind.values()) {
            if (kind.isTerminal() && kind != DeliveryKind.UNMATCHED) {
                ends.put(kind, registry.counter(PAIRS, tags().and("outcome", kind.label())));
            }
        }
        gauge("in-hand", inHand);
        gauge("retrying", retrying);
        gauge("parked", parked);
        this.queue = timer("queue");
        this.connect = timer("connect");
        this.response = timer("response");
    }

    /** How many pairs are in hand. */
    long inHand() {
        return inHand.get();
    }

    /** All pairs in hand are left to whoever consumes their records next. */
    void abandoned() {
        inHand.set(0);
    }

    /** A pair is left to another dispatcher. */
    void left() {
        inHand.decrementAndGet();
    }

    /** Records of the lane or its retry topics were removed before they were read. */
    void lost(long records) {
        lost.increment(records);
    }

    void unmatched() {
        unmatched.increment();
    }

    void matched(int targetCount) {
        matched.increment(targetCount);
        inHand.addAndGet(targetCount);
    }

    /** A pair came out of a retry topic. */
    void taken(boolean wasParked) {
        (wasParked ? parked : retrying).decrementAndGet();
        inHand.incrementAndGet();
    }

    /** A pair went into a retry topic. */
    void putBack(boolean isParked) {
        inHand.decrementAndGet();
        (isParked ? parked : retrying).incrementAndGet();
    }

    void ended(DeliveryKind kind, String targetId) {
        inHand.decrementAndGet();
        Counter counter = ends.get(kind);
        if (counter != null) {
            counter.increment();
        }
        if (kind == DeliveryKind.DELIVERED) {
            target(targetId).delivered().increment();
        } else {
            target(targetId).deadLettered().increment();
        }
    }

    void attemptFailed(String targetId) {
        failedAttempts.increment();
        target(targetId).failed().increment();
    }

    /** Where the time of a request went: waiting for its target, getting a connection, getting the answer. */
    void requested(Duration waited, Timing timing) {
        queue.record(waited);
        connect.record(timing.connect());
        response.record(timing.total().minus(timing.connect()));
    }

    private TargetMeters target(String id) {
        TargetMeters known = targets.get(id);
        if (known != null) {
            return known;
        }
        String label = targets.size() < MOST_TARGETS ? id : "other";
        return targets.computeIfAbsent(
                label,
                name -> new TargetMeters(
                        target(name, "delivered"), target(name, "failed"), target(name, "dead-lettered")));
    }

    private Counter target(String name, String result) {
        return registry.counter("bus.dispatcher.target", tags().and("target", name, "result", result));
    }

    private void gauge(String state, AtomicLong count) {
        Gauge.builder(PAIRS + ".open", count, AtomicLong::doubleValue)
                .tags(tags().and("state", state))
                .register(registry);
    }

    private Timer timer(String part) {
        return Timer.builder("bus.dispatcher.request")
                .tags(tags().and("part", part))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
    }

    private Tags tags() {
        return Tags.of("lane", lane.label());
    }
}
