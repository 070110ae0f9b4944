package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.testkit.ScriptedReceiver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A defect in a lane's engine: it begins anew and loses nothing, and one that comes back takes only its lane down. */
@Timeout(120)
class DefectIT {

    private static final int EVENTS = 300;

    @TempDir
    private Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void afterADefectTheLaneBeginsAnewAndDeliversEverything() throws Exception {
        FailingMeters meters = new FailingMeters(delivery -> delivery == 10 || delivery == 100);
        try (DispatcherUnderTest bus = DispatcherUnderTest.start(directory, Map.of(), meters)) {
            bus.target("any", receiver.url("/any"));
            bus.publishMany("e-", EVENTS, Priority.P1);

            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            delivered(bus) == EVENTS && bus.service().notReady().isEmpty());

            assertThat(meters.failures).hasValue(2);
            await().atMost(DispatcherUnderTest.SOON)
                    .until(() -> bus.service().targetReport().contains("\"in_flight\" : 0"));
            assertThat(meters.get("bus.dispatcher.pairs.open")
                            .tags("lane", "standard", "state", "in-hand")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    void aDefectThatComesBackTakesItsLaneDownAndNoOther() throws Exception {
        FailingMeters meters = new FailingMeters(delivery -> true);
        try (DispatcherUnderTest bus = DispatcherUnderTest.start(directory, Map.of(), meters)) {
            bus.target("any", receiver.url("/any"));
            bus.publish("poor", Priority.P1);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bus.service().notReady().stream().anyMatch(reason -> reason.contains("stays down")));

            assertThat(meters.failures).hasValue(4);
            assertThat(bus.service().notReady())
                    .isEqualTo(List.of(
                            "dispatcher-standard: a defect ended its engine more than 3 times within 10 minutes;"
                                    + " it stays down until the process is restarted"));
            bus.publish("well", Priority.P0);
            bus.firstOf("well", DeliveryKind.DELIVERED);
        }
    }

    private static long delivered(DispatcherUnderTest bus) {
        return bus.deliveries(DeliveryKind.DELIVERED).stream()
                .map(record -> record.eventId())
                .distinct()
                .count();
    }

    /** Throws when some deliveries of the standard lane are counted, as any defect in its engine would. */
    private static final class FailingMeters extends SimpleMeterRegistry {
        private final AtomicInteger deliveries = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final IntPredicate fails;

        FailingMeters(IntPredicate fails) {
            this.fails = fails;
        }

        @Override
        protected Counter newCounter(Meter.Id id) {
            Counter real = super.newCounter(id);
            boolean counts = id.getName().equals("bus.dispatcher.pairs")
                    && "standard".equals(id.getTag("lane"))
                    && "delivered".equals(id.getTag("outcome"));
            return counts ? new Failing(real) : real;
        }

        private final class Failing implements Counter {
            private final Counter real;

            Failing(Counter real) {
                this.real = real;
            }

            @Override
            public void increment(double amount) {
                if (fails.test(deliveries.incrementAndGet())) {
                    failures.incrementAndGet();
                    throw new IllegalStateException("a defect");
                }
                real.increment(amount);
            }

            @Override
            public double count() {
                return real.count();
            }

            @Override
            public Meter.Id getId() {
                return real.getId();
            }
        }
    }
}
