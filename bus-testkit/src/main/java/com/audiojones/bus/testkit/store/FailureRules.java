package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a target lacks is listed once, whatever goes on meanwhile. */
interface FailureRules extends StoreRules {

    /** The span in which sample deliveries fail. */
    Failures ALL = new Failures("t1", SampleEvent.TIME, SampleEvent.TIME.plusSeconds(60));

    @Test
    default void aFailedEventComesBackAsItWasWritten() {
        SampleEvent event = SampleEvent.of("evt_1").withBody("{ \"payload\" : 1e400 }");
        write(event.event(), event.status(2, 0, 1), event.deadLetter("t1", second(1)));

        assertThat(store().failed(ALL, null, 10))
                .containsExactly(new StoredEvent(event.headers(), event.body(), EventState.FAILED, 2, 0, 1));
        assertThat(store().countFailed(ALL)).isEqualTo(1);
    }

    @Test
    default void onlyDeadLettersOfThatTargetCount() {
        SampleEvent event = SampleEvent.of("evt_1");
        write(event.event(), event.deadLetter("t2", second(1)), event.delivery(DeliveryKind.EXPIRED, "t1"));

        assertThat(failed(ALL, 10)).isEmpty();
        assertThat(store().countFailed(ALL)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 60, true", "30, 30, true", "31, 60, false", "0, 29, false"})
    default void bothEndsOfTheSpanBelongToIt(int since, int until, boolean listed) {
        write(SampleEvent.of("evt_1").event(), SampleEvent.of("evt_1").deadLetter("t1", second(30)));

        Failures span = new Failures("t1", second(since), second(until));

        assertThat(failed(span, 10).contains("evt_1")).isEqualTo(listed);
        assertThat(store().countFailed(span)).isEqualTo(listed ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 29, true",
        "'', 30, true",
        "'', 31, true",
        "replay_1, 29, false",
        "replay_1, 30, true",
        "replay_1, 31, true"
    })
    default void aSuccessSettlesItsOwnReplayAndWhateverFailedBefore(String replay, int at, boolean settled) {
        SampleEvent event = SampleEvent.of("evt_1");
        SampleEvent delivered = replay.isEmpty() ? event : event.replayedAs(replay);

        write(
                event.event(),
                event.deadLetter("t1", second(30)),
                delivered.delivery(DeliveryKind.DELIVERED, "t1", 1, second(at)),
                delivered.delivery(DeliveryKind.DELIVERED, "t2", 1, second(50)));

        assertThat(failed(ALL, 10).isEmpty()).isEqualTo(settled);
    }

    @Test
    default void anEventThatFailedSeveralTimesIsListedOnceAsLongAsItsLastFailureStands() {
        SampleEvent event = SampleEvent.of("evt_1");
        SampleEvent again = event.replayedAs("replay_1");
        write(
                event.event(),
                event.deadLetter("t1", second(10)),
                again.delivery(DeliveryKind.ATTEMPT_FAILED, "t1", 1, second(19)),
                again.deadLetter("t1", second(20)));
        assertThat(failed(ALL, 1)).containsExactly("evt_1");
        assertThat(failed(new Failures("t1", second(15), second(60)), 1)).containsExactly("evt_1");

        write(event.replayedAs("replay_2").delivery(DeliveryKind.DELIVERED, "t1", 1, second(30)));

        assertThat(failed(ALL, 1)).isEmpty();
    }

    @Test
    default void aFailedEventIsLeftOutUntilItsDocumentComes() {
        write(
                SampleEvent.of("evt_1").deadLetter("t1", second(1)),
                SampleEvent.of("evt_1").unmatched());
        assertThat(failed(ALL, 10)).isEmpty();

        write(SampleEvent.of("evt_1").event());

        assertThat(failed(ALL, 10)).containsExactly("evt_1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10, 60, 100})
    default void pagesOfAnySizeHaveEveryFailedEventOnceByItsId(int limit) {
        List<SampleEvent> events = new ArrayList<>(
                IntStream.range(0, 60).mapToObj(i -> SampleEvent.of("evt_" + i)).toList());
        Collections.shuffle(events, new Random(7));
        events.forEach(event -> write(event.event(), event.deadLetter("t1", second(1))));

        assertThat(failed(ALL, limit))
                .isEqualTo(events.stream().map(SampleEvent::id).sorted().toList());
        assertThat(store().countFailed(ALL)).isEqualTo(60);
    }

    @Test
    default void whatHappensBetweenTwoPagesNeitherRepeatsNorHidesAnEvent() {
        for (String id : List.of("evt_b", "evt_d", "evt_f", "evt_h")) {
            write(SampleEvent.of(id).event(), SampleEvent.of(id).deadLetter("t1", second(1)));
        }
        List<StoredEvent> first = store().failed(ALL, null, 2);

        write(
                SampleEvent.of("evt_b").replayedAs("replay_1").deadLetter("t1", second(2)),
                SampleEvent.of("evt_d").delivery(DeliveryKind.DELIVERED, "t1"),
                SampleEvent.of("evt_f").replayedAs("replay_1").deadLetter("t1", second(61)),
                SampleEvent.of("evt_f").replayedAs("replay_1").delivery(DeliveryKind.ATTEMPT_FAILED, "t1"),
                SampleEvent.of("evt_g").event(),
                SampleEvent.of("evt_g").deadLetter("t1", second(61)));

        assertThat(ids(first)).containsExactly("evt_b", "evt_d");
        assertThat(ids(store().failed(ALL, lastOf(first), 2))).containsExactly("evt_f", "evt_h");
        assertThat(store().failed(ALL, new EventId("evt_h"), 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    default void whatFailedIsWhatARecountFinds(long seed) {
        Recount recount = new Recount(written(seed));

        for (String target : List.of("t1", "t2", "t3")) {
            for (Duration since = Duration.ZERO; since.toHours() < 4; since = since.plusMinutes(23)) {
                Instant start = SampleEvent.TIME.plus(since);
                Failures which = new Failures(target, start, start.plus(Duration.ofMinutes(40)));
                assertThat(failed(which, 3)).as("seed %d, %s", seed, which).isEqualTo(recount.failed(which));
                assertThat(store().countFailed(which))
                        .isEqualTo(recount.failed(which).size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Page.MAX_LIMIT + 1})
    default void aPageHasBounds(int limit) {
        assertThatThrownBy(() -> store().failed(ALL, null, limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit: expected 1 to 500, got " + limit);
    }

    private List<String> failed(Failures which, int limit) {
        List<String> all = new ArrayList<>();
        List<StoredEvent> page = store().failed(which, null, limit);
        while (page.size() == limit) {
            all.addAll(ids(page));
            page = store().failed(which, lastOf(page), limit);
        }
        all.addAll(ids(page));
        return all;
    }

    private static @Nullable EventId lastOf(List<StoredEvent> page) {
        return page.getLast().headers().eventId();
    }

    private static List<String> ids(List<StoredEvent> page) {
        return page.stream().map(event -> event.headers().eventId().value()).toList();
    }

    private static Instant second(int second) {
        return SampleEvent.TIME.plusSeconds(second);
    }
}
