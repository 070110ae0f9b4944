package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event's counters say what became of its original delivery, in whatever order that is learned. */
interface CounterRules extends StoreRules {

    @Test
    default void anEventThatWasNotMatchedYetHasZeros() {
        write(SampleEvent.of("evt_1").event());

        assertCounters(0, 0, 0);
    }

    @Test
    default void anEventThatNoTargetWantsHasZeros() {
        write(SampleEvent.of("evt_1").event(), SampleEvent.of("evt_1").unmatched());

        assertCounters(0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryKind.class,
            names = {"ATTEMPT_FAILED", "PARKED"})
    default void aPairThatGoesOnIsNeitherSuccessNorFailure(DeliveryKind kind) {
        SampleEvent event = SampleEvent.of("evt_1");

        write(event.event(), event.delivery(kind, "t1"));

        assertCounters(2, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryKind.class,
            names = {"DEAD_LETTERED", "EXPIRED", "REMOVED"})
    default void aPairThatWasGivenUpIsAFailure(DeliveryKind kind) {
        SampleEvent event = SampleEvent.of("evt_1");

        write(event.event(), event.delivery(kind, "t1"), event.delivery(DeliveryKind.DELIVERED, "t2"));

        assertCounters(2, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    default void neitherOrderNorRepetitionNorBatchesMatter(int seed) {
        SampleEvent event = SampleEvent.of("evt_1");
        List<StoreWrite> writes = new ArrayList<>(List.of(
                event.event(),
                event.delivery(DeliveryKind.ATTEMPT_FAILED, "t1"),
                event.delivery(DeliveryKind.DELIVERED, "t1", 2, SampleEvent.TIME.plusSeconds(2)),
                event.delivery(DeliveryKind.PARKED, "t2"),
                event.delivery(DeliveryKind.DEAD_LETTERED, "t2", 5, SampleEvent.TIME.plusSeconds(9)),
                event.deadLetter("t2", SampleEvent.TIME.plusSeconds(9))));
        writes.addAll(List.copyOf(writes));
        Collections.shuffle(writes, new Random(seed));

        writes.forEach(this::write);
        store().write(writes);

        assertCounters(2, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void aDeliveryBeatsAFailureWhicheverIsLearnedFirst(boolean deliveryFirst) {
        SampleEvent event = SampleEvent.of("evt_1");
        StoreWrite delivered = event.delivery(DeliveryKind.DELIVERED, "t1", 3, SampleEvent.TIME.plusSeconds(9));
        StoreWrite deadLettered = event.delivery(DeliveryKind.DEAD_LETTERED, "t1", 3, SampleEvent.TIME.plusSeconds(8));

        write(event.event(), deliveryFirst ? delivered : deadLettered);
        write(deliveryFirst ? deadLettered : delivered);

        assertCounters(2, 1, 0);
    }

    @Test
    default void aPairThatWasDeliveredTwiceCountsOnce() {
        SampleEvent event = SampleEvent.of("evt_1");

        write(
                event.event(),
                event.delivery(DeliveryKind.DELIVERED, "t1"),
                event.delivery(DeliveryKind.DELIVERED, "t1", 2, SampleEvent.TIME.plusSeconds(2)));

        assertCounters(2, 1, 0);
    }

    @Test
    default void aReplayChangesNothing() {
        SampleEvent event = SampleEvent.of("evt_1");
        SampleEvent replay = event.replayedAs("replay_1");

        write(
                event.event(),
                event.delivery(DeliveryKind.DEAD_LETTERED, "t1"),
                replay.delivery(DeliveryKind.DELIVERED, "t1"),
                replay.delivery(DeliveryKind.ATTEMPT_FAILED, "t2"),
                replay.deadLetter("t2", SampleEvent.TIME));

        assertCounters(2, 0, 1);
    }

    private void assertCounters(int dispatchedTo, int success, int failed) {
        assertThat(stored("evt_1"))
                .extracting(StoredEvent::dispatchedTo, StoredEvent::deliverySuccess, StoredEvent::deliveryFailed)
                .containsExactly(dispatchedTo, success, failed);
    }
}
