package com.audiojones.bus.dispatcher.state;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.delivery.TargetState.Breaker;
import com.audiojones.bus.delivery.TargetState.Status;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.gate.TargetGate.Change;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.testkit.ManualClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A target that is watched, with all that is written and told of it. */
abstract class WatchedTarget {

    static final Instant START = Instant.parse("2025-11-11T10:00:00Z");
    static final Duration FIVE_DAYS = Duration.ofDays(5);
    static final ObjectMapper JSON = new ObjectMapper();
    static final Target TARGET = target(3);
    static final TargetGate.View CLOSED = new TargetGate.View(false, 0, 0, 16, 0, 5, 0);
    static final TargetGate.View OPEN =
            new TargetGate.View(true, Duration.ofSeconds(4).toNanos(), 0, 8, 0, 5, 70);

    final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final ManualClock clock = new ManualClock(START);
    final Map<String, TargetState> inForce = new HashMap<>();
    final Map<String, TargetState> written = new HashMap<>();
    final TargetWatch watch = watch("dispatcher-1");

    TargetWatch watch(String instance) {
        return new TargetWatch(inForce::get, written::put, new Alerts(producer, clock), FIVE_DAYS, instance, clock);
    }

    void fail(Change change) {
        watch.failed(TARGET, change, () -> change == Change.NONE ? CLOSED : OPEN, false);
    }

    /** Fails every hour from now on, and once more at the end. */
    void failUntil(Duration end) {
        Instant last = clock.instant().plus(end);
        while (clock.instant().isBefore(last)) {
            fail(Change.NONE);
            Duration left = Duration.between(clock.instant(), last);
            clock.advance(left.compareTo(Duration.ofHours(1)) < 0 ? left : Duration.ofHours(1));
        }
        fail(Change.NONE);
    }

    void readBack() {
        inForce.putAll(written);
    }

    List<String> titles() {
        return told("title");
    }

    List<String> messages() {
        return told("message");
    }

    List<String> told(String field) {
        return producer.history().stream()
                .map(record -> {
                    try {
                        return JSON.readTree(record.value())
                                .at("/payload/" + field)
                                .textValue();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    static TargetState state(@Nullable Instant failingSince) {
        return new TargetState(
                Status.ACTIVE, 3, null, failingSince, Breaker.CLOSED, null, null, 8, 0, "dispatcher-9", START);
    }

    static Target target(long version) {
        return new Target(
                "tgt_1",
                "https://example.com/",
                null,
                true,
                List.of(),
                "",
                START,
                START,
                version,
                false,
                null,
                TargetOptions.NONE);
    }
}
