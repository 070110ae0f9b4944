package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts are what counting the documents gives. */
interface StatsRules extends StoreRules {

    @Test
    default void anEmptyStoreCountsNothing() {
        assertThat(store().stats(Instant.EPOCH)).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of()));
    }

    @Test
    default void theMeanTimeIsFromIngestToDelivery() {
        SampleEvent event = SampleEvent.of("evt_1");

        write(
                event.event(),
                event.delivery(DeliveryKind.DELIVERED, "t1", 1, SampleEvent.TIME.plusMillis(100)),
                event.delivery(DeliveryKind.DELIVERED, "t2", 1, SampleEvent.TIME.plusMillis(201)));

        assertThat(store().stats(Instant.EPOCH).avgDeliveryTimeMs()).isEqualTo(150.5);
    }

    @Test
    default void aWindowBeginsWithTheMinuteItsBeginningIsIn() {
        write(
                SampleEvent.of("evt_1", SampleEvent.TIME.minusMillis(1)).event(),
                SampleEvent.of("evt_2", SampleEvent.TIME).event(),
                SampleEvent.of("evt_3", SampleEvent.TIME.plusSeconds(59)).event());

        assertThat(store().stats(SampleEvent.TIME).published()).isEqualTo(2);
        assertThat(store().stats(SampleEvent.TIME.plusMillis(59_999)).published())
                .isEqualTo(2);
        assertThat(store().stats(SampleEvent.TIME.plusSeconds(60)).published()).isZero();
    }

    @Test
    default void anEventThatWasNotMatchedYetIsOnePairInFlight() {
        write(SampleEvent.of("evt_1").event());

        assertThat(store().stats(Instant.EPOCH).inFlight()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    default void theCountsAreThoseOfARecount(long seed) {
        Recount recount = new Recount(written(seed));

        for (Duration since = Duration.ZERO;
                since.compareTo(RandomHistory.LENGTH) <= 0;
                since = since.plusMinutes(17)) {
            Instant start = SampleEvent.TIME.plus(since);
            assertSame(store().stats(start), recount.since(start), "seed " + seed + ", since " + start);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    default void theCountersOfEveryEventAreThoseOfARecount(long seed) {
        Recount recount = new Recount(written(seed));

        for (String id : recount.eventIds()) {
            StoredEvent event = stored(id);
            assertThat(List.of(event.dispatchedTo(), event.deliverySuccess(), event.deliveryFailed()))
                    .as("seed %d, %s", seed, id)
                    .isEqualTo(recount.counters(id));
        }
    }

    private static void assertSame(StoreStats actual, StoreStats expected, String where) {
        assertThat(actual)
                .as(where)
                .usingRecursiveComparison()
                .ignoringFields("avgDeliveryTimeMs")
                .isEqualTo(expected);
        assertThat(actual.avgDeliveryTimeMs()).as(where).isCloseTo(expected.avgDeliveryTimeMs(), within(1e-6));
    }
}
