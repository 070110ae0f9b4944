package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredReplay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of events, what could not be used and what was sent once more is listed whole, page by page. */
interface HistoryRules extends StoreRules {

    @Test
    default void allThatHappenedToAnEventIsListedInTheOrderOfTime() {
        SampleEvent event = SampleEvent.of("evt_1");
        Instant at = event.headers().ingestedAt();
        StoreWrite replayed =
                event.replayedAs("replay_1").delivery(DeliveryKind.DELIVERED, "t1", 1, at.plusSeconds(60));
        write(
                replayed,
                event.delivery(DeliveryKind.DEAD_LETTERED, "t1", 2, at.plusSeconds(2)),
                event.delivery(DeliveryKind.ATTEMPT_FAILED, "t1", 1, at.plusSeconds(1)),
                event.delivery(DeliveryKind.DELIVERED, "t2", 1, at.plusSeconds(1)),
                SampleEvent.of("evt_2").delivery(DeliveryKind.DELIVERED, "t1"));

        List<StoredDelivery> deliveries = store().deliveries("evt_1");

        assertThat(deliveries)
                .extracting(StoredDelivery::kind)
                .containsExactly(
                        DeliveryKind.ATTEMPT_FAILED,
                        DeliveryKind.DELIVERED,
                        DeliveryKind.DEAD_LETTERED,
                        DeliveryKind.DELIVERED);
        assertThat(deliveries.getFirst())
                .isEqualTo(new StoredDelivery(
                        "evt_1",
                        DeliveryKind.ATTEMPT_FAILED,
                        "t1",
                        null,
                        "https://example.com/t1",
                        1,
                        1,
                        2,
                        500,
                        12L,
                        null,
                        null,
                        "thanks",
                        at.plusSeconds(1),
                        null));
        assertThat(deliveries.getLast().replayId()).isEqualTo("replay_1");
        assertThat(store().deliveries("evt_3")).isEmpty();
    }

    @Test
    default void anEventThatNoTargetWantsHasOneEntry() {
        write(SampleEvent.of("evt_1").unmatched());

        assertThat(store().deliveries("evt_1")).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(DeliveryKind.UNMATCHED);
            assertThat(entry.targetId()).isNull();
            assertThat(entry.url()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 500})
    default void deadLettersOfATargetAreListedNewestFirst(int limit) throws InvalidCursorException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SampleEvent event = SampleEvent.of("evt_" + i);
            write(event.deadLetter("t1", SampleEvent.TIME.plusSeconds(i)), event.deadLetter("t2", SampleEvent.TIME));
            expected.addFirst("evt_" + i);
        }

        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page<StoredDeadLetter> page = store().deadLetters("t1", limit, cursor);
            page.items().forEach(letter -> listed.add(letter.eventId()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(listed).isEqualTo(expected);
        assertThat(store().deadLetters("t3", limit, null)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    default void aDeadLetterSaysWhyAndWhose() throws InvalidCursorException {
        write(SampleEvent.of("evt_1").replayedAs("replay_1").deadLetter("t1", SampleEvent.TIME));

        assertThat(store().deadLetters("t1", 10, null).items())
                .containsExactly(new StoredDeadLetter(
                        "evt_1",
                        "t1",
                        "replay_1",
                        "status_change",
                        "https://example.com/t1",
                        DeadLetterReason.MAX_ATTEMPTS,
                        "expected 2xx, got 500",
                        500,
                        3,
                        SampleEvent.TIME));
    }

    @Test
    default void lettersOfOneMillisecondAreAllListed() throws InvalidCursorException {
        for (int i = 0; i < 7; i++) {
            write(SampleEvent.of("evt_" + i).deadLetter("t1", SampleEvent.TIME));
        }

        List<String> listed = new ArrayList<>();
        Page<StoredDeadLetter> page = store().deadLetters("t1", 2, null);
        page.items().forEach(letter -> listed.add(letter.eventId()));
        while (page.next() != null) {
            page = store().deadLetters("t1", 2, page.next());
            page.items().forEach(letter -> listed.add(letter.eventId()));
        }

        assertThat(listed).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    default void quarantineIsListedAsItWasWrittenNewestFirst() throws InvalidCursorException {
        List<QuarantineWrite> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            written.addFirst(RandomHistory.quarantined(i, SampleEvent.TIME.plusSeconds(i)));
        }
        store().write(List.copyOf(written));

        Page<QuarantineWrite> first = store().quarantined(3, null);

        assertThat(first.items()).isEqualTo(written.subList(0, 3));
        assertThat(store().quarantined(3, first.next())).isEqualTo(new Page<>(written.subList(3, 5), null));
    }

    @Test
    default void ofAReplayTheLastThatWasWrittenHoldsAndReplaysAreListedNewestFirst() throws InvalidCursorException {
        StoredReplay first = replay("replay_1", SampleEvent.TIME);
        StoredReplay second = replay("replay_2", SampleEvent.TIME.plusSeconds(1));
        StoredReplay done = first.changed(StoredReplay.State.DONE, 20, SampleEvent.TIME.plusSeconds(9), null);
        write(new ReplayWrite(first), new ReplayWrite(second));
        write(new ReplayWrite(done));

        assertThat(store().replay("replay_1")).contains(done);
        assertThat(store().replay("replay_3")).isEmpty();
        Page<StoredReplay> page = store().replays(1, null);
        assertThat(page.items()).containsExactly(second);
        assertThat(store().replays(1, page.next())).isEqualTo(new Page<>(List.of(done), null));
    }

    static StoredReplay replay(String id, Instant at) {
        return new StoredReplay(
                id, null, "t1", at.minusSeconds(60), StoredReplay.State.RUNNING, 10, 30, at, at, "none so far");
    }

    @Test
    default void listsRefuseCursorsThatTheyDidNotMake() {
        assertThatThrownBy(() -> store().deadLetters("t1", 10, "x")).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> store().replays(10, "x")).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> store().quarantined(10, "x")).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> store().quarantined(0, null)).hasMessage("limit: expected 1 to 500, got 0");
    }
}
