package com.audiojones.bus.router.status;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.router.status.StatusFact.Outcome;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one pair of event and target fares. Made of outcomes in any order and number: {@link #with} takes the greatest of a
 * total order, the greatest attempt and the union of request numbers, so that no order and no repetition changes what
 * comes out.
 *
 * @param decisive the outcome that says how it fares: an end before anything else, delivered before any other end, of
 *     alike ends the first; without an end the latest request
 * @param attempts the highest attempt
 * @param failed the requests that failed and were not the last
 */
record PairStatus(Outcome decisive, int attempts, RequestNumbers failed) {

    private static final Comparator<Outcome> UNDER_WAY = Comparator.comparingInt(Outcome::requestNo)
            .thenComparing(Outcome::at)
            .thenComparing(Outcome::kind)
            .thenComparingInt(Outcome::attempt)
            .thenComparing(Outcome::status, Comparator.nullsFirst(Comparator.<Integer>naturalOrder()));

    private static final Comparator<Outcome> ENDED = Comparator.comparing(Outcome::at)
            .reversed()
            .thenComparing(Comparator.comparingInt(Outcome::requestNo).reversed())
            .thenComparingInt(Outcome::attempt)
            .thenComparing(Outcome::status, Comparator.nullsFirst(Comparator.<Integer>naturalOrder()));

    private static final Comparator<Outcome> DECISIVE = Comparator.<Outcome>comparingInt(
                    outcome -> rank(outcome.kind()))
            .thenComparing((a, b) -> (a.kind().isTerminal() ? ENDED : UNDER_WAY).compare(a, b));

    static PairStatus with(@Nullable PairStatus known, Outcome outcome) {
        RequestNumbers failed = known == null ? RequestNumbers.NONE : known.failed();
        Outcome decisive =
                known == null || DECISIVE.compare(outcome, known.decisive()) > 0 ? outcome : known.decisive();
        return new PairStatus(
                decisive,
                known == null ? outcome.attempt() : Math.max(known.attempts(), outcome.attempt()),
                outcome.kind() == DeliveryKind.ATTEMPT_FAILED ? failed.with(outcome.requestNo()) : failed);
    }

    private static int rank(DeliveryKind kind) {
        return switch (kind) {
            case ATTEMPT_FAILED, PARKED, UNMATCHED -> 0;
            case REMOVED -> 1;
            case EXPIRED -> 2;
            case DEAD_LETTERED -> 3;
            case DELIVERED -> 4;
        };
    }

    /** How long its delivery took from {@code since}, milliseconds; null: it was not delivered. */
    @Nullable
    Long latency(Instant since) {
        return decisive.kind() == DeliveryKind.DELIVERED
                ? Math.max(0, Duration.between(since, decisive.at()).toMillis())
                : null;
    }

    /** What it adds to the counts. */
    Counts counts(Instant since) {
        Map<Measure, Long> counts = new EnumMap<>(Measure.class);
        counts.put(Measure.DISPATCHED, 1L);
        counts.put(Measure.FAILED_ATTEMPTS, (long) failed.count());
        Measure end = end(decisive.kind());
        if (end != null) {
            counts.put(end, 1L);
        }
        Long latency = latency(since);
        if (latency != null) {
            counts.put(Measure.DELIVERY_MILLIS, latency);
        }
        return Counts.of(counts);
    }

    private static @Nullable Measure end(DeliveryKind kind) {
        return switch (kind) {
            case DELIVERED -> Measure.DELIVERED;
            case DEAD_LETTERED -> Measure.DEAD_LETTERED;
            case EXPIRED -> Measure.EXPIRED;
            case REMOVED -> Measure.REMOVED;
            case ATTEMPT_FAILED, PARKED, UNMATCHED -> null;
        };
    }
}
