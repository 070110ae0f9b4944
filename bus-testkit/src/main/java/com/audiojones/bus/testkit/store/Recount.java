package com.audiojones.bus.testkit.store;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Long, QuarantineWrite> quarantined = new HashMap<>();

    Recount(Collection<StoreWrite> writes) {
        for (StoreWrite write : writes) {
            switch (write) {
                case EventWrite event -> events.put(event.headers().eventId().value(), event);
                case DeliveryWrite delivery -> add(delivery.delivery());
                case DeadLetterWrite _ -> {}
                case QuarantineWrite record -> quarantined.put(record.record().offset(), record);
            }
        }
    }

    private void add(DeliveryRecord record) {
        if (record.replayId() == null) {
            List<Object> id = new ArrayList<>();
            id.add(record.eventId());
            id.add(String.valueOf(record.targetId()));
            id.add(record.kind());
            id.add(record.requestNo());
            deliveries.merge(id, record, BinaryOperator.minBy(Comparator.comparing(DeliveryRecord::timestamp)));
        }
    }

    StoreStats since(Instant since) {
        Instant from = since.truncatedTo(ChronoUnit.MINUTES);
        List<EventWrite> counted = events.values().stream()
                .filter(event -> !event.headers().ingestedAt().isBefore(from))
                .toList();
        List<QuarantineWrite> refused = quarantined.values().stream()
                .filter(record -> !record.at().isBefore(from))
                .toList();
        long refusedByRouter = refused.stream()
                .filter(record -> record.record().stage().equals("router"))
                .count();
        return new StoreStats(
                counted.size() + refusedByRouter,
                ended(from, DeliveryKind.DELIVERED).count(),
                failedAttempts(from),
                ended(from, DeliveryKind.DEAD_LETTERED, DeliveryKind.REMOVED).count(),
                counted.stream().mapToLong(this::inFlight).sum(),
                ended(from, DeliveryKind.EXPIRED).count(),
                Math.round(counted.stream()
                        .mapToDouble(event -> 1 / event.headers().sampleRate() - 1)
                        .sum()),
                refused.size(),
                ended(from, DeliveryKind.DELIVERED)
                        .mapToLong(record -> record.ingestedAt().until(record.timestamp(), ChronoUnit.MILLIS))
                        .average()
                        .orElse(0),
                counted.stream()
                        .collect(Collectors.groupingBy(event -> event.headers().topic(), Collectors.counting())));
    }

    private Stream<DeliveryRecord> ended(Instant from, DeliveryKind... kinds) {
        return ends().filter(record ->
                List.of(kinds).contains(record.kind()) && !record.timestamp().isBefore(from));
    }

    private long failedAttempts(Instant from) {
        return deliveries.values().stream()
                .filter(record -> record.kind() == DeliveryKind.ATTEMPT_FAILED
                        && !record.timestamp().isBefore(from))
                .count();
    }

    private long inFlight(EventWrite event) {
        String id = event.headers().eventId().value();
        long matched = deliveries.values().stream()
                .filter(record -> record.eventId().equals(id))
                .mapToInt(DeliveryRecord::matched)
                .max()
                .orElse(1);
        return Math.max(
                0,
                matched - ends().filter(record -> record.eventId().equals(id)).count());
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
