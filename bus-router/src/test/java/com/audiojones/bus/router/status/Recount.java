package com.audiojones.bus.router.status;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Counts what topics hold by sets of ids: distinct events, distinct pairs, distinct requests. */
final class Recount {

    /** Of a pair with several ends the first of these holds. */
    private static final List<DeliveryKind> ENDS =
            List.of(DeliveryKind.DELIVERED, DeliveryKind.DEAD_LETTERED, DeliveryKind.EXPIRED, DeliveryKind.REMOVED);

    private static final Map<DeliveryKind, Measure> MEASURES = Map.of(
            DeliveryKind.DELIVERED, Measure.DELIVERED,
            DeliveryKind.DEAD_LETTERED, Measure.DEAD_LETTERED,
            DeliveryKind.EXPIRED, Measure.EXPIRED,
            DeliveryKind.REMOVED, Measure.REMOVED);

    private final Map<String, Row> rows = new HashMap<>();

    private static final class Row {
        private final String eventId;
        private final @Nullable String replayId;
        private final Map<String, Pair> pairs = new HashMap<>();
        private int matched = -1;

        Row(String eventId, @Nullable String replayId) {
            this.eventId = eventId;
            this.replayId = replayId;
        }

        int dispatched() {
            return Math.max(matched, pairs.size());
        }

        long ended() {
            return pairs.values().stream()
                    .filter(pair -> pair.end().isPresent())
                    .count();
        }

        long delivered() {
            return pairs.values().stream()
                    .filter(pair -> pair.kinds.contains(DeliveryKind.DELIVERED))
                    .count();
        }

        EventStatus status() {
            return new EventStatus(eventId, replayId, matched < 0 ? null : dispatched(), (int) delivered(), (int)
                    (ended() - delivered()));
        }
    }

    private static final class Pair {
        private final Set<DeliveryKind> kinds = EnumSet.noneOf(DeliveryKind.class);
        private final Set<Integer> failedRequests = new HashSet<>();
        private long millis = Long.MAX_VALUE;

        Optional<DeliveryKind> end() {
            return ENDS.stream().filter(kinds::contains).findFirst();
        }

        /** How long replays took depends on when they were read. */
        Counts counts(boolean withMillis) {
            Map<Measure, Long> counts = new EnumMap<>(Measure.class);
            counts.put(Measure.FAILED_ATTEMPTS, (long) failedRequests.size());
            end().ifPresent(end -> counts.put(MEASURES.get(end), 1L));
            if (withMillis && kinds.contains(DeliveryKind.DELIVERED)) {
                counts.put(Measure.DELIVERY_MILLIS, millis);
            }
            return Counts.of(counts);
        }
    }

    /** Takes a record of a lane or of {@code webhook.deliveries}. */
    void add(String topic, Headers headers, byte[] value) {
        try {
            if (topic.equals(Topics.DELIVERIES)) {
                delivery(value);
            } else {
                lane(headers);
            }
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    private void lane(Headers headers) throws InvalidRecordException {
        LaneHeaders event = LaneHeaders.read(headers);
        row(event.eventId().value(), event.replayId());
    }

    private void delivery(byte[] value) throws InvalidRecordException {
        DeliveryRecord record = DeliveryRecord.fromJson(value);
        Row row = row(record.eventId(), record.replayId());
        row.matched = Math.max(row.matched, record.matched());
        if (record.targetId() == null) {
            return;
        }
        Pair pair = row.pairs.computeIfAbsent(record.targetId(), any -> new Pair());
        pair.kinds.add(record.kind());
        if (record.kind() == DeliveryKind.ATTEMPT_FAILED) {
            pair.failedRequests.add(record.requestNo());
        }
        if (record.kind() == DeliveryKind.DELIVERED) {
            pair.millis = Math.min(
                    pair.millis,
                    Duration.between(record.ingestedAt(), record.timestamp()).toMillis());
        }
    }

    private Row row(String eventId, @Nullable String replayId) {
        return rows.computeIfAbsent(eventId + " " + replayId, any -> new Row(eventId, replayId));
    }

    /** The counts of events, or of replays. */
    Counts counts(boolean replays) {
        Counts sum = Counts.NONE;
        for (Row row : rows.values()) {
            if ((row.replayId != null) == replays) {
                sum = sum.plus(Counts.of(Map.of(
                        Measure.ROUTED,
                        1L,
                        Measure.DISPATCHED,
                        (long) row.dispatched(),
                        Measure.MATCHED,
                        row.matched < 0 ? 0L : 1L,
                        Measure.UNMATCHED,
                        row.matched == 0 && row.pairs.isEmpty() ? 1L : 0L)));
                for (Pair pair : row.pairs.values()) {
                    sum = sum.plus(pair.counts(!replays));
                }
            }
        }
        return sum;
    }

    /** The counts of each target's pairs, replays left out. */
    Map<String, Counts> byTarget() {
        Map<String, Counts> byTarget = new TreeMap<>();
        Counts one = Counts.of(Map.of(Measure.DISPATCHED, 1L));
        rows.values().stream()
                .filter(row -> row.replayId == null)
                .flatMap(row -> row.pairs.entrySet().stream())
                .forEach(pair -> byTarget.merge(
                        pair.getKey(), pair.getValue().counts(true).plus(one), Counts::plus));
        return byTarget;
    }

    /** How each event and replay fares that was matched, by the key of its row. */
    Map<String, EventStatus> statuses() {
        Map<String, EventStatus> statuses = new HashMap<>();
        rows.values().stream()
                .filter(row -> row.matched >= 0)
                .forEach(row -> statuses.put(EventStatus.key(row.eventId, row.replayId), row.status()));
        return statuses;
    }
}
