package com.audiojones.bus.testkit.store;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the writes themselves, the slow and obvious way. */
final class Recount {

    private static final Comparator<DeliveryRecord> ENDED_FIRST = Comparator.comparing(
                    (DeliveryRecord record) -> record.kind() != DeliveryKind.DELIVERED)
            .thenComparing(DeliveryRecord::timestamp);

    private final Map<String, EventWrite> events = new HashMap<>();
    private final Map<List<Object>, DeliveryRecord> deliveries = new HashMap<>();
    private final FailureRecount failures = new FailureRecount();

    Recount(Collection<StoreWrite> writes) {
        for (StoreWrite write : writes) {
            switch (write) {
                case EventWrite event -> events.put(event.headers().eventId().value(), event);
                case DeliveryWrite delivery -> add(delivery.delivery());
                case DeadLetterWrite letter -> failures.add(letter);
                case QuarantineWrite _, StatsWrite _ -> {}
            }
        }
    }

    private void add(DeliveryRecord record) {
        failures.add(record);
        if (record.replayId() == null) {
            List<Object> id = new ArrayList<>();
            id.add(record.eventId());
            id.add(String.valueOf(record.targetId()));
            id.add(record.kind());
            id.add(record.requestNo());
            deliveries.merge(id, record, BinaryOperator.minBy(Comparator.comparing(DeliveryRecord::timestamp)));
        }
    }

    /** The ids of all events that have a document. */
    Set<String> eventIds() {
        return events.keySet();
    }

    /** The ids of those a target lacks. */
    List<String> failed(Failures which) {
        return failures.failed(which).filter(events::containsKey).toList();
    }

    /** An event's dispatched_to, delivery_success and delivery_failed. */
    List<Integer> counters(String eventId) {
        List<Boolean> wellEnded = ends().filter(record -> record.eventId().equals(eventId))
                .map(record -> record.kind() == DeliveryKind.DELIVERED)
                .toList();
        int well = Collections.frequency(wellEnded, true);
        return List.of(matched(eventId).orElse(0), well, wellEnded.size() - well);
    }

    private OptionalInt matched(String eventId) {
        return deliveries.values().stream()
                .filter(record -> record.eventId().equals(eventId))
                .mapToInt(DeliveryRecord::matched)
                .max();
    }

    /** How each pair ended. */
    private Stream<DeliveryRecord> ends() {
        return deliveries.values().stream()
                .filter(record -> record.kind().isTerminal() && record.targetId() != null)
                .collect(Collectors.toMap(
                        record -> List.of(record.eventId(), String.valueOf(record.targetId())),
                        Function.identity(),
                        BinaryOperator.minBy(ENDED_FIRST)))
                .values()
                .stream();
    }
}
