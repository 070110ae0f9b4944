package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list is newest first, and pages neither skip nor repeat. */
interface PagingRules extends StoreRules {

    @Test
    default void anEmptyStoreHasOneEmptyPage() throws InvalidCursorException {
        assertThat(page(50, null)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    default void theNewestComesFirstAndOfOneMillisecondTheHighestId() throws InvalidCursorException {
        write(
                SampleEvent.of("evt_b", SampleEvent.TIME).event(),
                SampleEvent.of("evt_a", SampleEvent.TIME.plusMillis(1)).event(),
                SampleEvent.of("evt_c", SampleEvent.TIME).event());

        assertThat(StoreRules.ids(page(50, null))).containsExactly("evt_a", "evt_c", "evt_b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10, 60, 100})
    default void pagesOfAnySizeHaveEveryEventOnceThoughManyAreOfOneMillisecond(int limit)
            throws InvalidCursorException {
        List<SampleEvent> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(SampleEvent.of("evt_" + i, SampleEvent.TIME.plusMillis(i % 4)));
        }
        Collections.shuffle(events, new Random(7));
        store().write(events.stream().<StoreWrite>map(SampleEvent::event).toList());

        List<String> expected = events.stream()
                .sorted(Comparator.comparing(
                                (SampleEvent event) -> event.headers().ingestedAt())
                        .thenComparing(SampleEvent::id)
                        .reversed())
                .map(SampleEvent::id)
                .toList();
        assertThat(listed(new EventQuery(EventFilter.ALL, limit, null))).isEqualTo(expected);
    }

    @Test
    default void largeEventsAreAllListedAndDumped() throws InvalidCursorException {
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            writes.add(SampleEvent.of("evt_" + i, SampleEvent.TIME.plusMillis(i))
                    .withBody("\"" + "x".repeat(250_000) + "\"")
                    .event());
        }
        store().write(writes);

        assertThat(listed(new EventQuery(EventFilter.ALL, 500, null)))
                .hasSize(60)
                .doesNotHaveDuplicates();
        List<StoreWrite> dumped = new ArrayList<>();
        Page<StoreWrite> page = store().dump(StorePart.EVENTS, 500, null);
        dumped.addAll(page.items());
        while (page.next() != null) {
            page = store().dump(StorePart.EVENTS, 500, page.next());
            dumped.addAll(page.items());
        }
        assertThat(dumped).containsExactlyInAnyOrderElementsOf(writes);
    }

    @Test
    default void theLastPageHasNoNext() throws InvalidCursorException {
        write(SampleEvent.of("evt_1").event(), SampleEvent.of("evt_2").event());

        assertThat(page(2, null).next()).isNull();
        assertThat(page(1, page(1, null).next()).next()).isNull();
    }

    @Test
    default void eventsThatArriveMeanwhileComeBeforeTheFirstPage() throws InvalidCursorException {
        for (int i = 1; i <= 4; i++) {
            write(SampleEvent.of("evt_" + i, SampleEvent.TIME.plusMillis(i)).event());
        }
        Page<StoredEvent> first = page(2, null);

        write(SampleEvent.of("evt_5", SampleEvent.TIME.plusMillis(5)).event());

        assertThat(StoreRules.ids(first)).containsExactly("evt_4", "evt_3");
        assertThat(StoreRules.ids(page(2, first.next()))).containsExactly("evt_2", "evt_1");
        assertThat(StoreRules.ids(page(1, null))).containsExactly("evt_5");
    }

    @Test
    default void anEventKnownByItsCountersOnlyIsHiddenUntilItComes() throws InvalidCursorException {
        SampleEvent event = SampleEvent.of("evt_1");
        write(event.status(1, 1, 0));
        assertThat(page(50, null).items()).isEmpty();
        assertThat(store().event("evt_1")).isEmpty();

        write(event.event());

        assertThat(StoreRules.ids(page(50, null))).containsExactly("evt_1");
        assertThat(stored("evt_1").deliverySuccess()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "null", "evt_1", "MTc2MzcxOTgwMDAwMA", "💥", "' OR 1=1 --"})
    default void aCursorThatTheStoreDidNotMakeIsRefused(String cursor) {
        write(SampleEvent.of("evt_1").event());

        assertThatThrownBy(() -> page(50, cursor))
                .isInstanceOf(InvalidCursorException.class)
                .hasMessage("cursor: expected the 'next' of an earlier page, got '" + cursor + "'");
    }
}
