package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows of a table in the order of their row ids; those of buckets, which have none, in the order of minutes and
 * keys, whose place is the minute and how many of it came before.
 */
final class Dump {

    private static final String BUCKETS =
            "SELECT * FROM stats_buckets WHERE minute >= ?1 ORDER BY minute, key LIMIT ?3 OFFSET ?2";
    private static final PageCursor BEGINNING = new PageCursor(0, "0");

    private final Session session;
    private final int limit;
    private final PageCursor after;

    Dump(Session session, int limit, @Nullable PageCursor after) {
        this.session = session;
        this.limit = limit;
        this.after = after == null ? BEGINNING : after;
    }

    Page<StoreWrite> page(StorePart part) throws SQLException {
        return switch (part) {
            case EVENTS -> rows(all("events"), Dump::event);
            case DELIVERIES ->
                rows(all("status_webhook_deliveries"), row -> List.of(new DeliveryWrite(DeliveryReads.delivery(row))));
            case DEAD_LETTERS ->
                rows(
                        all("dead_letters"),
                        row -> List.of(new DeadLetterWrite(DeliveryReads.deadLetter(row), row.getString("event"))));
            case QUARANTINE -> rows(all("quarantine"), row -> List.of(DeliveryReads.quarantined(row)));
            case STATS -> buckets();
            case REPLAYS -> rows(all("bus_replays"), row -> List.of(new ReplayWrite(ReplayRows.replay(row))));
        };
    }

    private static String all(String table) {
        return "SELECT * FROM " + table + " WHERE id > ?1 ORDER BY id LIMIT ?2";
    }

    @FunctionalInterface
    private interface FromRow {
        List<? extends StoreWrite> of(ResultSet row) throws SQLException;
    }

    private Page<StoreWrite> rows(String sql, FromRow fromRow) throws SQLException {
        List<StoreWrite> writes = new ArrayList<>();
        try (ResultSet rows = session.query(sql, Long.parseLong(after.id()), limit)) {
            long last = 0;
            int count = 0;
            long chars = 0;
            for (; chars <= EventLists.MOST_CHARS && rows.next(); count++) {
                List<? extends StoreWrite> made = fromRow.of(rows);
                writes.addAll(made);
                chars += made.stream().mapToInt(Dump::chars).sum();
                last = rows.getLong("id");
            }
            boolean more = count == limit || chars > EventLists.MOST_CHARS;
            return new Page<>(writes, more ? new PageCursor(0, Long.toString(last)).toString() : null);
        }
    }

    private static int chars(StoreWrite write) {
        return switch (write) {
            case EventWrite event -> event.body().length();
            case DeadLetterWrite letter -> letter.body().length();
            case QuarantineWrite quarantined -> quarantined.valueBase64().length();
            case DeliveryWrite _, StatusWrite _, StatsWrite _, ReplayWrite _ -> 0;
        };
    }

    /** A row of counters only makes no event. */
    private static List<StoreWrite> event(ResultSet row) throws SQLException {
        List<StoreWrite> writes = new ArrayList<>();
        if (row.getString("name") != null) {
            StoredEvent event = EventReads.event(row);
            writes.add(new EventWrite(event.headers(), event.body()));
        }
        int dispatchedTo = row.getInt("dispatched_to");
        if (!row.wasNull()) {
            writes.add(new StatusWrite(new EventStatus(
                    row.getString("event_id"),
                    null,
                    dispatchedTo,
                    row.getInt("delivery_success"),
                    row.getInt("delivery_failed"))));
        }
        return writes;
    }

    private Page<StoreWrite> buckets() throws SQLException {
        List<StoreWrite> writes = new ArrayList<>();
        long minute = after.at();
        int before = Integer.parseInt(after.id());
        try (ResultSet rows = session.query(BUCKETS, minute, before, limit)) {
            while (rows.next()) {
                writes.add(new StatsWrite(bucket(rows)));
                before = rows.getLong("minute") == minute ? before + 1 : 1;
                minute = rows.getLong("minute");
            }
        }
        return new Page<>(
                writes, writes.size() < limit ? null : new PageCursor(minute, Integer.toString(before)).toString());
    }

    private static StatsBucket bucket(ResultSet row) throws SQLException {
        String priority = row.getString("priority");
        byte[] latency = row.getBytes("latency");
        Map<Measure, Long> counts = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            counts.put(measure, row.getLong(measure.label()));
        }
        StatsKey key = new StatsKey(
                Instant.ofEpochMilli(row.getLong("minute")),
                row.getInt("replay") != 0,
                row.getString("topic"),
                row.getString("type"),
                priority == null ? null : Priority.valueOf(priority),
                row.getString("target"));
        return new StatsBucket(key, Counts.of(counts), latency == null ? null : LatencyHistogram.fromBytes(latency));
    }
}
