package com.audiojones.bus.store.firestore;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.time.IsoMillis;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.Query;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The reading of events. The shards' lists are merged: each is read by parts, and no further than the page needs. */
final class EventQueries {

    private static final int MOST_AT_ONCE = 300;
    private static final int MOST_OF_AN_ID = 1_000;

    private static final Comparator<DocumentSnapshot> NEWEST_FIRST = Comparator.comparing(
                    (DocumentSnapshot document) -> text(document, "created_at"))
            .thenComparing(document -> text(document, "event_id"))
            .reversed();

    private final FirestoreConnection connection;
    private final FirestoreQueries queries;
    private final int shards;

    EventQueries(FirestoreConnection connection, int shards) {
        this.connection = connection;
        this.queries = new FirestoreQueries(connection.reading());
        this.shards = shards;
    }

    Page<StoredEvent> page(EventFilter filter, int limit, @Nullable PageCursor after) {
        List<DocumentSnapshot> named = filter.idPrefix() == null ? null : ofAnId(filter.idPrefix());
        Iterator<DocumentSnapshot> documents =
                named == null ? new ShardLists(filter, limit + 1, after) : sorted(named, after);
        List<StoredEvent> events = new ArrayList<>();
        while (documents.hasNext()) {
            DocumentSnapshot document = documents.next();
            StoredEvent event = event(document);
            if (isWanted(filter, event, document)) {
                if (events.size() == limit) {
                    return new Page<>(events, cursor(events.getLast()).toString());
                }
                events.add(event);
            }
        }
        return new Page<>(events, null);
    }

    /** Those whose ids begin with a text; null: they are so many that they are soon found among all. */
    private @Nullable List<DocumentSnapshot> ofAnId(String prefix) {
        List<DocumentSnapshot> all = new ArrayList<>();
        for (int shard = 0; shard < shards && all.size() <= MOST_OF_AN_ID; shard++) {
            all.addAll(connection
                    .await(
                            "list events",
                            queries.eventsOfAnId(shard, prefix)
                                    .limit(MOST_OF_AN_ID + 1)
                                    .get())
                    .getDocuments());
        }
        return all.size() > MOST_OF_AN_ID ? null : all;
    }

    private static Iterator<DocumentSnapshot> sorted(List<DocumentSnapshot> documents, @Nullable PageCursor after) {
        return documents.stream()
                .filter(document -> document.getString("created_at") != null)
                .sorted(NEWEST_FIRST)
                .dropWhile(document -> after != null && !isAfter(cursor(event(document)), after))
                .iterator();
    }

    private static boolean isAfter(PageCursor one, PageCursor other) {
        return one.at() < other.at() || one.at() == other.at() && one.id().compareTo(other.id()) < 0;
    }

    private static boolean isWanted(EventFilter filter, StoredEvent event, DocumentSnapshot document) {
        return filter.matches(event.headers())
                && (filter.state() == null || filter.state() == event.state())
                && (filter.source() == null || filter.source().equals(document.getString("source")));
    }

    Optional<StoredEvent> byId(String eventId) {
        return byIds(List.of(eventId)).stream().findFirst();
    }

    /** {@return those that have a document, in the order of the ids} */
    List<StoredEvent> byIds(Collection<String> eventIds) {
        DocumentReference[] references = eventIds.stream()
                .map(id -> connection
                        .reading()
                        .collection(FirestoreDocuments.EVENTS)
                        .document(DocumentIds.of(id)))
                .toArray(DocumentReference[]::new);
        return connection
                .await(
                        "read events",
                        connection.reading().getAll(references, FieldMask.of(FirestoreQueries.EVENT_FIELDS)))
                .stream()
                .filter(document -> document.getString("created_at") != null)
                .map(EventQueries::event)
                .toList();
    }

    private static PageCursor cursor(StoredEvent event) {
        return new PageCursor(
                event.headers().ingestedAt().toEpochMilli(),
                event.headers().eventId().value());
    }

    static StoredEvent event(DocumentSnapshot document) {
        LaneHeaders headers = new LaneHeaders(
                new EventId(text(document, "event_id")),
                text(document, "event_type"),
                text(document, "name"),
                text(document, "topic"),
                Priority.valueOf(text(document, "priority")),
                IsoMillis.parse(text(document, "occurred_at")),
                IsoMillis.parse(text(document, "created_at")),
                time(document.getString("expires_at")),
                Objects.requireNonNullElse(document.getDouble("sample_rate"), 1.0),
                document.getString("traceparent"),
                null,
                document.getString("only_target"));
        Long dispatchedTo = document.getLong("dispatched_to");
        int success = count(document, "delivery_success");
        int failed = count(document, "delivery_failed");
        return new StoredEvent(
                headers,
                text(document, "body"),
                EventState.of(dispatchedTo == null ? null : dispatchedTo.intValue(), success, failed),
                count(document, "dispatched_to"),
                success,
                failed);
    }

    private static String text(DocumentSnapshot document, String field) {
        return Objects.requireNonNullElse(document.getString(field), "");
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : IsoMillis.parse(text);
    }

    static int count(DocumentSnapshot document, String field) {
        Long count = document.getLong(field);
        return count == null ? 0 : count.intValue();
    }

    /** The shards' lists in one. */
    private final class ShardLists implements Iterator<DocumentSnapshot> {
        private final PriorityQueue<ShardList> lists =
                new PriorityQueue<>(Comparator.comparing(ShardList::first, NEWEST_FIRST));

        ShardLists(EventFilter filter, int atOnce, @Nullable PageCursor after) {
            for (int shard = 0; shard < shards; shard++) {
                putBack(new ShardList(queries.events(shard, filter), atOnce, after));
            }
        }

        @Override
        public boolean hasNext() {
            return !lists.isEmpty();
        }

        @Override
        public DocumentSnapshot next() {
            ShardList list = lists.remove();
            DocumentSnapshot document = list.next();
            putBack(list);
            return document;
        }

        private void putBack(ShardList list) {
            if (list.hasNext()) {
                lists.add(list);
            }
        }
    }

    /** One shard's events, newest first. */
    private final class ShardList {
        private final Query query;
        private final Deque<DocumentSnapshot> read = new ArrayDeque<>();
        private int atOnce;
        private @Nullable PageCursor last;
        private boolean atEnd;

        ShardList(Query query, int atOnce, @Nullable PageCursor after) {
            this.query = query;
            this.atOnce = Math.min(atOnce, MOST_AT_ONCE);
            this.last = after;
        }

        boolean hasNext() {
            if (read.isEmpty() && !atEnd) {
                readOn();
            }
            return !read.isEmpty();
        }

        DocumentSnapshot first() {
            return read.getFirst();
        }

        DocumentSnapshot next() {
            return read.removeFirst();
        }

        private void readOn() {
            Query part = query.limit(atOnce);
            if (last != null) {
                String at = IsoMillis.format(Instant.ofEpochMilli(last.at()));
                part = part.startAfter(at, last.id());
            }
            read.addAll(connection.await("list events", part.get()).getDocuments());
            atEnd = read.size() < atOnce;
            atOnce = MOST_AT_ONCE;
            if (!read.isEmpty()) {
                last = cursor(event(read.getLast()));
            }
        }
    }
}
