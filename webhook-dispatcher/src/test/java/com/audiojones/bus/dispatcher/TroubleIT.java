package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.Simulation;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.ScriptedReceiver.Request;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets in trouble: what waits, what is given up, who is told. */
@Timeout(240)
class TroubleIT {

    private static final Duration SOON = DispatcherUnderTest.SOON;
    private static final boolean LONG = Boolean.getBoolean("ajbus.long");
    private static final Duration OUTAGE = Duration.ofSeconds(LONG ? 60 : 12);
    private static final int WAITING = LONG ? 1_000 : 300;

    @TempDir
    private Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private DispatcherUnderTest bus;

    @BeforeEach
    void start() throws InterruptedException {
        bus = DispatcherUnderTest.start(directory, Map.of());
    }

    @AfterEach
    void stop() {
        bus.close();
        receiver.close();
    }

    /** While it is down there are at most ten requests a second; once it is back everything arrives within ten seconds. */
    @Test
    void anOutageCostsNoEventAndIsMadeUpForInSeconds() throws Exception {
        bus.target("down", receiver.url("/down"));
        receiver.answer(request -> Answer.of(503));
        long begin = System.nanoTime();
        bus.publishMany("down-", WAITING, Priority.P1);

        await().atMost(OUTAGE.plusSeconds(5)).until(() -> System.nanoTime() - begin > OUTAGE.toNanos());
        List<Request> whileDown = receiver.requests();
        receiver.answer(request -> Answer.ok());
        long back = System.nanoTime();

        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> delivered(whileDown.size()) == WAITING);
        Duration took = Duration.ofNanos(System.nanoTime() - back);
        int mostInASecond = perSecond(whileDown, begin).values().stream().reduce(0, Math::max);
        System.out.printf(
                "outage of %d s with %d events waiting: %d requests meanwhile, at most %d in a second; all delivered"
                        + " %d ms after the return%n",
                OUTAGE.toSeconds(), WAITING, whileDown.size(), mostInASecond, took.toMillis());
        assertThat(mostInASecond).isLessThanOrEqualTo(10);
        assertThat(took).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(bus.deliveries(DeliveryKind.DEAD_LETTERED)).isEmpty();
        assertBalance(WAITING);
    }

    private long delivered(int before) {
        List<Request> all = receiver.requests();
        return all.subList(before, all.size()).stream()
                .map(Request::body)
                .distinct()
                .count();
    }

    private static Map<Long, Integer> perSecond(List<Request> requests, long begin) {
        return requests.stream()
                .collect(Collectors.toMap(
                        request -> (request.arrivedAtNanos() - begin) / 1_000_000_000L,
                        request -> 1,
                        Integer::sum,
                        TreeMap::new));
    }

    /** matched = delivered + dead-lettered + expired + removed + in hand + retrying + parked, by the meters. */
    private void assertBalance(int matched) {
        await().atMost(SOON).untilAsserted(() -> {
            Map<String, Double> counts = new HashMap<>();
            bus.metrics().getMeters().forEach(meter -> meter.measure()
                    .forEach(measured -> counts.merge(meter.getId().getName(), measured.getValue(), Double::sum)));
            assertThat(counts.get("bus.dispatcher.matched")).isEqualTo(matched);
            assertThat(counts.get("bus.dispatcher.pairs") + counts.get("bus.dispatcher.pairs.open"))
                    .isEqualTo(matched);
            assertThat(counts.get("bus.dispatcher.pairs.open")).isZero();
        });
    }

    @Test
    void aTargetThatIsGoneIsDisabledAndOperatorsAreToldThroughTheBus() throws Exception {
        bus.target("gone", receiver.url("/gone"));
        receiver.answer(request -> Answer.of(410));
        bus.publish("gone-1", Priority.P1);
        await().atMost(SOON).until(() -> state("gone") != null);
        await().atMost(SOON).until(() -> report("gone").path("state").asText().equals("disabled"));

        bus.publish("gone-2", Priority.P1);
        bus.awaitDeliveries(DeliveryKind.DEAD_LETTERED, 2, SOON);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(reasons()).containsOnly(DeadLetterReason.TARGET_DISABLED);
        assertThat(state("gone").status()).isEqualTo(TargetState.Status.DISABLED);
        assertThat(report("gone").path("why").asText()).contains("the receiver asked for it (status 410)");
        await().atMost(SOON).until(() -> bus.bus().texts("events.alert").stream()
                .anyMatch(alert -> alert.contains("Webhook target disabled")));

        receiver.answer(request -> Answer.ok());
        bus.target("gone", receiver.url("/gone"), 2, TargetOptions.NONE);
        bus.publish("gone-3", Priority.P1);
        bus.awaitDeliveries(DeliveryKind.DELIVERED, 1, SOON);
    }

    @Test
    void whatOneDispatcherFindsOutAllOthersGoBy() throws Exception {
        bus.target("shared", receiver.url("/shared"));
        receiver.answer(request -> Answer.of(410));
        try (DispatcherService other = bus.another()) {
            bus.publish("shared-1", Priority.P1);
            await().atMost(SOON).until(() -> stateIn(bus.service(), "shared").equals("disabled"));

            await().atMost(SOON).until(() -> stateIn(other, "shared").equals("disabled"));
        }
        try (DispatcherService later = bus.another()) {
            assertThat(stateIn(later, "shared")).isEqualTo("disabled");
        }
        assertThat(receiver.requests()).hasSize(1);
    }

    /** 400 says that the receiver is well; 500 could be about the events or about the receiver. */
    @ParameterizedTest
    @ValueSource(ints = {400, 500})
    void eventsThatAReceiverFailsOnDoNotHoldUpTheOthers(int status) throws Exception {
        bus.target("picky", receiver.url("/picky"));
        receiver.answer(request -> request.body().contains("poison") ? Answer.of(status) : Answer.ok());
        bus.publishMany("poison-", 12, Priority.P1);
        await().atMost(SOON).until(() -> receiver.requests().size() >= 10);

        bus.publishMany("good-", 30, Priority.P1);
        bus.awaitDeliveries(DeliveryKind.DELIVERED, 30, SOON);

        if (status == 400) {
            bus.awaitDeliveries(DeliveryKind.DEAD_LETTERED, 12, SOON);
            assertThat(reasons()).containsOnly(DeadLetterReason.MAX_ATTEMPTS);
            assertThat(receiver.requests()).hasSize(30 + 3 * 12);
        }
    }

    @Test
    void aBreakOutlivesARestart() throws Exception {
        bus.target("resting", receiver.url("/resting"));
        receiver.answer(request -> new Answer(429, Map.of("Retry-After", "600"), ""));
        bus.publish("resting-1", Priority.P1);
        await().atMost(SOON).until(() -> state("resting") != null);

        try (DispatcherService later = bus.another()) {
            assertThat(stateIn(later, "resting")).isEqualTo("waiting");
        }
        assertThat(state("resting").notBefore()).isNotNull();
    }

    @Test
    void aPausedTargetGetsNothingAndNothingIsLost() throws Exception {
        bus.target("paused", receiver.url("/paused"), 1, options(true, null, null));
        bus.publish("paused-1", Priority.P0);

        bus.awaitDeliveries(DeliveryKind.DEAD_LETTERED, 1, SOON);

        assertThat(reasons()).containsExactly(DeadLetterReason.TARGET_PAUSED);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aRateLimitIsKeptAndCostsNoAttempt() throws Exception {
        bus.target("rated", receiver.url("/rated"), 1, options(false, 10.0, null));
        long begin = System.nanoTime();
        bus.publishMany("rated-", 60, Priority.P1);

        List<DeliveryRecord> delivered = bus.awaitDeliveries(DeliveryKind.DELIVERED, 60, Duration.ofSeconds(60));

        assertThat(perSecond(receiver.requests(), begin).values()).allMatch(count -> count <= 21);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(4));
        assertThat(delivered).hasSize(60).allMatch(record -> record.attempt() == 1);
    }

    @Test
    void simulatedFaultsAreRehearsedWithoutAReceiver() throws Exception {
        Simulation failing = new Simulation(503, Duration.ZERO, false, 1);
        bus.target("rehearsal", receiver.url("/rehearsal"), 1, options(false, null, failing));
        bus.publish("rehearsal-1", Priority.P3);

        DeliveryRecord failed =
                bus.awaitDeliveries(DeliveryKind.ATTEMPT_FAILED, 1, SOON).getFirst();
        bus.target("rehearsal", receiver.url("/rehearsal"), 2, TargetOptions.NONE);
        bus.awaitDeliveries(DeliveryKind.DELIVERED, 1, SOON);

        assertThat(failed.status()).isEqualTo(503);
        assertThat(receiver.requests()).hasSize(1);
    }

    private static TargetOptions options(boolean paused, @Nullable Double rate, @Nullable Simulation simulation) {
        return new TargetOptions(
                paused, List.of(), null, null, Map.of(), null, rate, null, RetryPolicy.STANDARD, simulation);
    }

    private List<DeadLetterReason> reasons() {
        return bus.bus().records(Topics.DEAD_LETTERS).stream()
                .map(record -> {
                    try {
                        return DeadLetterHeaders.read(record.headers()).reason();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private @Nullable TargetState state(String target) {
        return bus.bus().records(Topics.TARGET_STATE).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(target))
                .map(record -> {
                    try {
                        return TargetState.fromJson(record.value());
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private static String stateIn(DispatcherService dispatcher, String target) throws Exception {
        return report(dispatcher, target).path("state").asText();
    }

    private JsonNode report(String target) throws Exception {
        return report(bus.service(), target);
    }

    private static JsonNode report(DispatcherService dispatcher, String target) throws Exception {
        for (JsonNode entry :
                new ObjectMapper().readTree(dispatcher.targetReport()).path("targets")) {
            if (entry.path("id").asText().equals(target)) {
                return entry;
            }
        }
        return new ObjectMapper().createObjectNode();
    }
}
