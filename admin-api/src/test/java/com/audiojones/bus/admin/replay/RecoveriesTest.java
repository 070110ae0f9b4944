package com.audiojones.bus.admin.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.admin.target.TargetRules;
import com.audiojones.bus.admin.target.Targets;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.StoredReplay.State;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.AddressGuard;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.target.TargetPublisher;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recovery that takes longer than anyone waits for an answer. */
class RecoveriesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final CountDownLatch secondPage = new CountDownLatch(1);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final EventStore store = fake(EventStore.class, call -> switch (call.method()) {
        case "targets" -> fake(TargetStore.class, any -> Optional.of(target()));
        case "countFailed" -> 150L;
        case "write" -> noted((List<?>) call.arguments().getFirst());
        case "failed" -> page((EventId) call.arguments().get(1));
        default -> throw new UnsupportedOperationException(call.method());
    });

    private final List<StoredReplay> noted = new CopyOnWriteArrayList<>();

    private final Recoveries recoveries = new Recoveries(
            store,
            new Targets(
                    store.targets(),
                    fake(TargetPublisher.class, call -> null),
                    new TargetRules(
                            new AddressPolicy(new AddressGuard(List.of()), false), null, Duration.ofHours(1), false),
                    clock),
            new Sending(new LaneWriter(producer), () -> LiveSettings.DEFAULTS, clock),
            Duration.ofMillis(300));

    @AfterEach
    void close() {
        recoveries.close();
    }

    @Test
    void theAnswerSaysHowFarItIsAndTheRestFollows() throws InterruptedException {
        Recovery recovery = recoveries.start("tgt_1", NOW.minusSeconds(60));

        assertThat(recovery).isEqualTo(new Recovery(recovery.id(), "tgt_1", 100, 150));
        assertThat(producer.history()).hasSize(100);
        secondPage.countDown();
        await().atMost(SOON).until(() -> producer.history().size() == 150);
    }

    @Test
    void closingEndsWhatIsUnderWay() throws InterruptedException {
        recoveries.start("tgt_1", NOW.minusSeconds(60));

        recoveries.close();
        secondPage.countDown();

        await().during(Duration.ofMillis(200))
                .atMost(SOON)
                .until(() -> producer.history().size() == 100);
    }

    @Test
    void theStoreKnowsHowFarItIsAndHowItEnded() throws InterruptedException {
        Recovery recovery = recoveries.start("tgt_1", NOW.minusSeconds(60));

        assertThat(noted).extracting(StoredReplay::written).containsExactly(0L, 100L);
        assertThat(noted).allSatisfy(replay -> {
            assertThat(replay.id()).isEqualTo(recovery.id());
            assertThat(replay.targetId()).isEqualTo("tgt_1");
            assertThat(replay.state()).isEqualTo(State.RUNNING);
            assertThat(replay.total()).isEqualTo(150);
        });
        secondPage.countDown();
        await().atMost(SOON).until(() -> noted.getLast().state() == State.DONE);
        assertThat(noted.getLast().written()).isEqualTo(150);
        assertThat(noted.getLast().problem()).isNull();
    }

    @Test
    void aRecoveryThatIsCutOffIsNotedAsSuch() throws InterruptedException {
        recoveries.start("tgt_1", NOW.minusSeconds(60));

        recoveries.close();

        await().atMost(SOON).until(() -> noted.getLast().state() == State.FAILED);
        assertThat(noted.getLast().written()).isEqualTo(100);
        assertThat(noted.getLast().problem()).isNotBlank();
    }

    private List<?> noted(List<?> writes) {
        writes.forEach(write -> noted.add(((ReplayWrite) write).replay()));
        return List.of();
    }

    private List<StoredEvent> page(@Nullable EventId after) throws InterruptedException {
        if (after == null) {
            return events(0, 100);
        }
        if (!secondPage.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the second page was not let through");
        }
        return events(100, 150);
    }

    private static List<StoredEvent> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> new StoredEvent(headers("evt-" + n), "{}", EventState.FAILED, 1, 0, 1))
                .toList();
    }

    private static LaneHeaders headers(String id) {
        return new LaneHeaders(
                new EventId(id), "t", "t", "events.status", Priority.P0, NOW, NOW, null, 1, null, null, null);
    }

    private static Target target() {
        return new Target(
                "tgt_1",
                "https://example.com",
                null,
                true,
                List.of(),
                "",
                NOW,
                NOW,
                1,
                false,
                null,
                TargetOptions.NONE);
    }

    private record Call(String method, List<Object> arguments) {}

    /** What a fake answers. */
    @FunctionalInterface
    private interface Answers {
        @Nullable
        Object to(Call call) throws Exception;
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        Object made = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(
                        new Call(method.getName(), arguments == null ? List.of() : Arrays.asList(arguments))));
        return type.cast(made);
    }
}
