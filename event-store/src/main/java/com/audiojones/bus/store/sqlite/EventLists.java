package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists of events. A list is read in the order of an index that leaves out as much as it can; what it leaves in that the
 * filter does not want is passed over. Events have few kinds, of name, type, topic and priority, so that a filter by those
 * is a list of kinds, whose lists are merged.
 */
final class EventLists {

    /** More kinds than these are not merged: the list of all is read instead. */
    private static final int MOST_KINDS = 1_000;

    /** An id that so many events begin with is soon found in the list of all. */
    private static final int MOST_OF_AN_ID = 1_000;

    /** Bodies of so many characters end a page. */
    static final int MOST_CHARS = 8_000_000;

    private static final String KEYS =
            "SELECT id, created_at, event_id, name, event_type, topic, priority, source FROM events ";
    private static final String IN_ORDER = " ORDER BY created_at DESC, event_id DESC";
    private static final String RANGE =
            " WHERE created_at IS NOT NULL AND (created_at, event_id) < (?1, ?2) AND created_at >= ?3";

    /** Beyond the last event of a kind: SQLite would step over all of them if only the kind were compared. */
    static final String NEXT_KIND = "SELECT topic, priority, name, event_type FROM events INDEXED BY events_of_kind"
            + " WHERE created_at IS NOT NULL AND (topic, priority, name, event_type, created_at) > (?, ?, ?, ?, "
            + Long.MAX_VALUE + ")"
            + " ORDER BY topic, priority, name, event_type LIMIT 1";

    static final String OF_AN_ID = "SELECT count(*) FROM (SELECT 1 FROM events WHERE event_id >= ?1"
            + " AND event_id < ?1 || '~' LIMIT " + (MOST_OF_AN_ID + 1) + ")";

    private static final String BY_ROW = EventReads.COLUMNS + "WHERE id = ?";

    private static final PageCursor BEFORE_ALL = new PageCursor(Long.MAX_VALUE, "");
    private static final Comparator<Key> NEWEST_FIRST =
            Comparator.comparing(Key::createdAt).thenComparing(Key::eventId).reversed();

    /** Which index is read. */
    enum Access {
        ALL("INDEXED BY events_newest", ""),
        FAILED("INDEXED BY events_failed", ""),
        IN_FLIGHT("INDEXED BY events_in_flight", ""),
        SOURCE("INDEXED BY events_of_source", " AND source = ?4"),
        KIND("INDEXED BY events_of_kind", " AND topic = ?4 AND priority = ?5 AND name = ?6 AND event_type = ?7"),
        TEXT(
                "NOT INDEXED",
                " AND id IN (SELECT rowid FROM " + FullText.TABLE + " WHERE " + FullText.TABLE + " MATCH ?4)"),
        ID("NOT INDEXED", " AND id IN (SELECT id FROM events WHERE event_id >= ?4 AND event_id < ?4 || '~')");

        private final String hint;
        private final String condition;

        Access(String hint, String condition) {
            this.hint = hint;
            this.condition = condition;
        }
    }

    private record Kind(String topic, Priority priority, String name, String type) {}

    private record Key(long row, long createdAt, String eventId) {}

    private final Session session;
    private final EventFilter filter;
    private final int wanted;
    private final PageCursor from;

    EventLists(Session session, EventFilter filter, int limit, @Nullable PageCursor after) {
        this.session = session;
        this.filter = filter;
        this.wanted = limit + 1;
        this.from = first(filter, after);
    }

    /** The constant text of a query. */
    static String sql(Access access, @Nullable EventState state) {
        return KEYS + access.hint + RANGE + access.condition + condition(state) + IN_ORDER;
    }

    Page<StoredEvent> page() throws SQLException {
        List<Key> keys = keys();
        List<StoredEvent> events = new ArrayList<>();
        long chars = 0;
        while (events.size() < Math.min(keys.size(), wanted - 1) && chars < MOST_CHARS) {
            try (ResultSet row = session.query(BY_ROW, keys.get(events.size()).row())) {
                row.next();
                events.add(EventReads.event(row));
                chars += events.getLast().body().length();
            }
        }
        if (keys.size() == events.size()) {
            return new Page<>(events, null);
        }
        Key last = keys.get(events.size() - 1);
        return new Page<>(events, new PageCursor(last.createdAt(), last.eventId()).toString());
    }

    private List<Key> keys() throws SQLException {
        if (filter.text() != null) {
            FullText.require(session);
            return keys(Access.TEXT, FullText.query(filter.text()));
        }
        if (filter.idPrefix() != null && isRare(filter.idPrefix())) {
            return keys(Access.ID, filter.idPrefix());
        }
        if (filter.state() == EventState.FAILED) {
            return keys(Access.FAILED);
        }
        if (filter.state() == EventState.IN_FLIGHT) {
            return keys(Access.IN_FLIGHT);
        }
        if (filter.source() != null) {
            return keys(Access.SOURCE, filter.source());
        }
        List<Kind> kinds = filter.asksForKinds() ? kinds() : null;
        return kinds == null ? keys(Access.ALL) : merged(kinds);
    }

    private boolean isRare(String idPrefix) throws SQLException {
        try (ResultSet count = session.query(OF_AN_ID, idPrefix)) {
            count.next();
            return count.getInt(1) <= MOST_OF_AN_ID;
        }
    }

    /** The kinds that are wanted; null: all are, or they are too many to be looked at. */
    private @Nullable List<Kind> kinds() throws SQLException {
        List<Kind> kinds = new ArrayList<>();
        Kind kind = nextKind("", "", "", "");
        int count = 0;
        for (; kind != null; count++) {
            if (count == MOST_KINDS) {
                return null;
            }
            if (filter.matchesKind(kind.topic(), kind.priority(), kind.name(), kind.type())) {
                kinds.add(kind);
            }
            kind = nextKind(kind.topic(), kind.priority().name(), kind.name(), kind.type());
        }
        return kinds.size() == count ? null : kinds;
    }

    private @Nullable Kind nextKind(String topic, String priority, String name, String type) throws SQLException {
        try (ResultSet row = session.query(NEXT_KIND, topic, priority, name, type)) {
            return row.next()
                    ? new Kind(row.getString(1), Priority.valueOf(row.getString(2)), row.getString(3), row.getString(4))
                    : null;
        }
    }

    private List<Key> merged(List<Kind> kinds) throws SQLException {
        List<Key> all = new ArrayList<>();
        for (Kind kind : kinds) {
            all.addAll(keys(Access.KIND, kind.topic(), kind.priority().name(), kind.name(), kind.type()));
        }
        all.sort(NEWEST_FIRST);
        return all.subList(0, Math.min(wanted, all.size()));
    }

    private List<Key> keys(Access access, String... values) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(
                from.at(),
                from.id(),
                filter.from() == null ? Long.MIN_VALUE : filter.from().toEpochMilli()));
        parameters.addAll(List.of(values));
        List<Key> keys = new ArrayList<>();
        try (ResultSet rows = session.query(sql(access, filter.state()), parameters.toArray())) {
            while (keys.size() < wanted && rows.next()) {
                if (isWanted(rows)) {
                    keys.add(new Key(rows.getLong(1), rows.getLong(2), rows.getString(3)));
                }
            }
        }
        return keys;
    }

    private boolean isWanted(ResultSet row) throws SQLException {
        return filter.matchesKind(
                        row.getString("topic"),
                        Priority.valueOf(row.getString("priority")),
                        row.getString("name"),
                        row.getString("event_type"))
                && (filter.source() == null || Objects.equals(filter.source(), row.getString("source")))
                && (filter.idPrefix() == null || row.getString("event_id").startsWith(filter.idPrefix()));
    }

    /** Where the list begins: after the page before, and before the time that it ends at. */
    private static PageCursor first(EventFilter filter, @Nullable PageCursor after) {
        PageCursor from = after == null ? BEFORE_ALL : after;
        if (filter.until() != null && filter.until().toEpochMilli() <= from.at()) {
            return new PageCursor(filter.until().toEpochMilli(), "");
        }
        return from;
    }

    private static String condition(@Nullable EventState state) {
        return switch (state) {
            case null -> "";
            case FAILED -> " AND delivery_failed > 0";
            case IN_FLIGHT ->
                " AND delivery_failed = 0 AND (dispatched_to IS NULL OR dispatched_to > delivery_success)";
            case UNMATCHED -> " AND delivery_failed = 0 AND dispatched_to = 0";
            case DELIVERED -> " AND delivery_failed = 0 AND dispatched_to > 0 AND delivery_success >= dispatched_to";
        };
    }
}
