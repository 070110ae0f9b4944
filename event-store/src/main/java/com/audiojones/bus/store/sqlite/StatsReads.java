package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.StoreStats;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Puts a {@link StoreStats} together from the counts that the schema's triggers keep. One use, one thread. */
final class StatsReads {

    static final String COUNTS = """
            SELECT what, part, sum(number), sum(total) FROM counts
            WHERE span = ?1 AND start >= ?2 AND start < ?3 GROUP BY what, part""";

    static final String IN_FLIGHT = """
            SELECT sum(coalesce(dispatched_to, 1) - delivery_success - delivery_failed) FROM events
            WHERE created_at >= ? AND coalesce(dispatched_to, 1) > delivery_success + delivery_failed""";

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static final String EVENT = "event";
    private static final String QUARANTINED = "quarantined";

    private record Count(long number, double total) {

        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(number + other.number, total + other.total);
        }

        double mean() {
            return number == 0 ? 0 : total / number;
        }
    }

    private final Session session;
    private final Map<String, Count> sums = new HashMap<>();
    private final Map<String, Long> topics = new HashMap<>();
    private long quarantinedByRouter;

    StatsReads(Session session) {
        this.session = session;
    }

    StoreStats since(Instant since) throws SQLException {
        long from = Math.floorDiv(since.toEpochMilli(), MINUTE) * MINUTE;
        long firstHour = Math.ceilDiv(from, HOUR) * HOUR;
        add(MINUTE, from, firstHour);
        add(HOUR, firstHour, Long.MAX_VALUE);
        Count events = sum(EVENT);
        Count delivered = sum(DeliveryKind.DELIVERED.label());
        return new StoreStats(
                events.number() + quarantinedByRouter,
                delivered.number(),
                sum(DeliveryKind.ATTEMPT_FAILED.label()).number(),
                sum(DeliveryKind.DEAD_LETTERED.label())
                        .plus(sum(DeliveryKind.REMOVED.label()))
                        .number(),
                inFlight(from),
                sum(DeliveryKind.EXPIRED.label()).number(),
                Math.round(events.total()),
                sum(QUARANTINED).number(),
                delivered.mean(),
                topics);
    }

    private void add(long span, long from, long before) throws SQLException {
        try (ResultSet rows = session.query(COUNTS, span, from, before)) {
            while (rows.next()) {
                add(rows.getString(1), rows.getString(2), new Count(rows.getLong(3), rows.getDouble(4)));
            }
        }
    }

    private void add(String what, String part, Count count) {
        sums.merge(what, count, Count::plus);
        if (what.equals(EVENT) && count.number() != 0) {
            topics.merge(part, count.number(), Long::sum);
        }
        if (what.equals(QUARANTINED) && part.equals("router")) {
            quarantinedByRouter += count.number();
        }
    }

    private Count sum(String what) {
        return sums.getOrDefault(what, Count.NONE);
    }

    private long inFlight(long from) throws SQLException {
        try (ResultSet row = session.query(IN_FLIGHT, from)) {
            row.next();
            return row.getLong(1);
        }
    }
}
