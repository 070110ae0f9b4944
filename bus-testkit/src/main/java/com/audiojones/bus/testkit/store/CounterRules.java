package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.StoredEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event's counters are the last that were written, and touch nothing else of it. */
interface CounterRules extends StoreRules {

    @Test
    default void anEventWithoutAStatusYetHasZeros() {
        write(SampleEvent.of("evt_1").event());

        assertCounters("evt_1", 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void theCountersAreKeptWhicheverComesFirst(boolean eventFirst) {
        SampleEvent event = SampleEvent.of("evt_1");

        write(eventFirst ? event.event() : event.status(3, 2, 1));
        write(eventFirst ? event.status(3, 2, 1) : event.event());

        assertCounters("evt_1", 3, 2, 1);
        assertThat(stored("evt_1").headers()).isEqualTo(event.headers());
        assertThat(stored("evt_1").body()).isEqualTo(event.body());
    }

    @Test
    default void theLastCountersHoldInOneBatchAndOverSeveral() {
        SampleEvent event = SampleEvent.of("evt_1");
        SampleEvent other = SampleEvent.of("evt_2");

        write(event.status(2, 0, 0), event.event(), event.status(2, 1, 0), other.event(), other.status(1, 1, 0));
        assertCounters("evt_1", 2, 1, 0);

        write(event.status(2, 1, 1));
        assertCounters("evt_1", 2, 1, 1);

        write(event.status(2, 2, 0), event.event());
        assertCounters("evt_1", 2, 2, 0);
        assertCounters("evt_2", 1, 1, 0);
    }

    @Test
    default void whatDeliveriesAndDeadLettersSayIsNotCounted() {
        SampleEvent event = SampleEvent.of("evt_1");

        write(event.event(), event.delivery(DeliveryKind.DELIVERED, "t1"), event.deadLetter("t2", SampleEvent.TIME));

        assertCounters("evt_1", 0, 0, 0);
    }

    private void assertCounters(String id, int dispatchedTo, int success, int failed) {
        assertThat(stored(id))
                .extracting(StoredEvent::dispatchedTo, StoredEvent::deliverySuccess, StoredEvent::deliveryFailed)
                .containsExactly(dispatchedTo, success, failed);
    }
}
