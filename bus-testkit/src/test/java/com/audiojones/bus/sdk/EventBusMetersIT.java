package com.audiojones.bus.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusMeters;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.subscribe.Subscription;
import com.audiojones.bus.testkit.TestBus;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a registry of Micrometer is told. */
@Timeout(120)
class EventBusMetersIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path directory;

    private TestBus kafka;
    private EventBus bus;

    @BeforeEach
    void start() throws InterruptedException {
        kafka = TestBus.start(directory);
        bus = EventBus.connect(EventBusSettings.of(kafka.kafka().bootstrapServers(), "tests"));
    }

    @AfterEach
    void stop() {
        bus.close();
        kafka.close();
    }

    @Test
    void publishedEventsAreCounted() throws Exception {
        EventBusMeters.of(bus, Tags.of("bus", "first")).bindTo(registry);

        bus.publish("status_change", Map.of(), Map.of()).get();

        System.gc(); // what a registry holds weakly must not vanish
        assertThat(count("bus.publisher.published")).isEqualTo(1);
        assertThat(count("bus.publisher.failed")).isZero();
        assertThat(registry.get("bus.publisher.in.flight").gauge().value()).isZero();
        assertThat(registry.get("bus.publisher.spool").gauge().value()).isZero();
        assertThat(circuit("closed")).isEqualTo(1);
        assertThat(circuit("open")).isZero();
        assertThat(circuit("half-open")).isZero();
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTag("bus")).isEqualTo("first"));
    }

    @Test
    void subscriptionsMadeBeforeAndAfterAreCounted() throws Exception {
        bus.subscribe("audit.user", _ -> {});
        EventBusMeters.of(bus).bindTo(registry);
        bus.subscribe("status_change", _ -> {
            throw new IllegalStateException("never");
        });
        kafka.write(List.of(
                LaneRecords.of("user", "user.login", Priority.P1, "u"),
                LaneRecords.of(
                        "late", "user.login", Priority.P3, "u", Instant.now().minusSeconds(1), null),
                LaneRecords.of("status", "status_change", Priority.P3, null)));

        await().atMost(SOON).until(() -> subscriber("tests.status_change", "dead.lettered") == 1);
        await().atMost(SOON).until(() -> subscriber("tests.audit.user", "handled") == 1);

        System.gc();
        await().atMost(SOON).until(() -> subscriber("tests.audit.user", "expired") == 1);
        assertThat(subscriber("tests.audit.user", "dead.lettered")).isZero();
        assertThat(subscriber("tests.status_change", "handled")).isZero();
        assertThat(subscriber("tests.status_change", "attempts.failed")).isEqualTo(2);
        assertThat(search("tests.status_change", "in.flight").gauge().value()).isZero();
        assertThat(search("tests.audit.user", "handled").meter().getId().getTag("pattern"))
                .isEqualTo("audit.user");
    }

    @Test
    void membersOfAGroupAreAddedUpAndClosedOnesStillCount() throws Exception {
        EventBusMeters.of(bus).bindTo(registry);
        Subscription first = bus.subscribe("audit.user", _ -> {});
        kafka.write(List.of(LaneRecords.of("a", "user.login", Priority.P1, "u")));
        await().atMost(SOON).until(() -> first.counts().handled() == 1);
        first.close();

        bus.subscribe("audit.user", _ -> {});
        kafka.write(List.of(LaneRecords.of("b", "user.login", Priority.P1, "u")));

        await().atMost(SOON).until(() -> subscriber("tests.audit.user", "handled") == 2);
        await().atMost(SOON)
                .until(() -> search("tests.audit.user", "ready").gauge().value() == 1);
    }

    @Test
    void theReadmeNamesEveryMeter() throws IOException {
        EventBusMeters.of(bus).bindTo(registry);
        bus.subscribe("audit.user", _ -> {});
        TreeSet<String> expected = new TreeSet<>();
        registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).forEach(expected::add);

        TreeSet<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(bus\\.(?:publisher|subscriber)\\.[a-z.]+)")
                .matcher(Files.readString(Path.of("..", "bus-api", "README.md")))
                .results()
                .forEach(row -> documented.add(row.group(1)));

        assertThat(documented).isEqualTo(expected);
    }

    private double count(String name) {
        return registry.get(name).functionCounter().count();
    }

    private double circuit(String state) {
        return registry.get("bus.publisher.circuit").tag("state", state).gauge().value();
    }

    private double subscriber(String group, String name) {
        return search(group, name).functionCounter().count();
    }

    private RequiredSearch search(String group, String name) {
        return registry.get("bus.subscriber." + name).tag("group", group);
    }
}
