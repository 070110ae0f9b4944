package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event comes back as it was written. */
interface EventRules extends StoreRules {

    static Stream<String> bodies() {
        return Stream.of(
                "{\"payload\":null,\"metadata\":{}}",
                "{\"payload\":{\"text\":\"Grüße, 你好, 🚀, \\u0000, \\ud800, \u2028\"},\"metadata\":{}}",
                "{\"payload\":{\"n\":9007199254740993,\"d\":0.1000000000000000055511151231257827,\"e\":1E+400},\"metadata\":{}}",
                "{ \"payload\" : { \"b\" : 1 ,\n\t\"a\" : [ ] } , \"metadata\" : { } }",
                "{\"payload\":\"" + "x".repeat(256 * 1024) + "\",\"metadata\":{}}",
                "{\"payload\":" + "[".repeat(500) + "]".repeat(500) + ",\"metadata\":{}}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    default void aBodyComesBackAsItWasCharacterByCharacter(String body) {
        write(SampleEvent.of("evt_1").withBody(body).event());

        assertThat(stored("evt_1").body()).isEqualTo(body);
    }

    @Test
    default void everyHeaderComesBack() {
        LaneHeaders headers = new LaneHeaders(
                new EventId("evt_1763719800000_abc:def.1-2"),
                "task.created",
                "audit.user.task.created",
                "audit.user",
                Priority.P3,
                Instant.parse("2026-11-21T10:29:59.123Z"),
                Instant.parse("2026-11-21T10:30:00.456Z"),
                Instant.parse("2026-11-21T10:35:00.789Z"),
                0.05,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                null,
                "target-7");

        write(new EventWrite(headers, "{}"));

        assertThat(stored("evt_1763719800000_abc:def.1-2"))
                .isEqualTo(new StoredEvent(headers, "{}", EventState.IN_FLIGHT, 0, 0, 0));
    }

    @Test
    default void whatWasLeftOutIsStillLeftOut() {
        LaneHeaders headers = new LaneHeaders(
                new EventId("evt_1"),
                "status_change",
                "status_change",
                "events.status",
                Priority.P0,
                SampleEvent.TIME,
                SampleEvent.TIME,
                null,
                1,
                null,
                null,
                null);

        write(new EventWrite(headers, "{}"));

        assertThat(stored("evt_1").headers()).isEqualTo(headers);
    }

    @Test
    default void anEventThatIsNotThereIsEmpty() {
        write(SampleEvent.of("evt_1").event());

        assertThat(store().event("evt_2")).isEmpty();
        assertThat(store().event("evt_")).isEmpty();
    }

    @Test
    default void anEmptyBatchIsNothing() {
        store().write(List.of());

        assertThat(Documents.events(store())).isZero();
    }

    @Test
    default void writingAgainChangesNothing() {
        SampleEvent event = SampleEvent.of("evt_1");
        write(event.event());
        write(event.event(), event.event());

        assertThat(stored("evt_1").body()).isEqualTo(event.body());
        assertThat(Documents.events(store())).isEqualTo(1);
    }

    @Test
    default void ofTwoEventsWithOneIdTheFirstIngestedHoldsInEitherOrder() {
        EventWrite first = SampleEvent.of("evt_1").withBody("first").event();
        EventWrite second = SampleEvent.of("evt_1", SampleEvent.TIME.plusMillis(1))
                .withBody("second")
                .event();
        EventWrite first2 = SampleEvent.of("evt_2").withBody("first").event();
        EventWrite second2 = SampleEvent.of("evt_2", SampleEvent.TIME.plusMillis(1))
                .withBody("second")
                .event();

        write(first, second, second2, first2);

        assertThat(stored("evt_1").body()).isEqualTo("first");
        assertThat(stored("evt_2").body()).isEqualTo("first");
        assertThat(stored("evt_2").headers().ingestedAt()).isEqualTo(SampleEvent.TIME);
        assertThat(Documents.events(store())).isEqualTo(2);
    }

    @Test
    default void threadsMayWriteAndReadAtOnce() throws ExecutionException, InterruptedException {
        int threads = 6;
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                int thread = t;
                all.add(executor.submit(() -> {
                    for (int batch = 0; batch < 5; batch++) {
                        store().write(batch(thread, batch));
                        stored("evt_" + thread + "_" + batch + "_0");
                        store().stats(Instant.EPOCH);
                    }
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertThat(Documents.events(store())).isEqualTo(threads * 5L * 20);
    }

    private static List<StoreWrite> batch(int thread, int batch) {
        return IntStream.range(0, 20)
                .<StoreWrite>mapToObj(n ->
                        SampleEvent.of("evt_" + thread + "_" + batch + "_" + n).event())
                .toList();
    }
}
