package com.audiojones.bus.store.firestore;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.IsoMillis;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventPage;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoredEvent;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The reading of events. The shards' lists are merged: each is read by parts, and no further than the page needs. */
final class EventQueries {

    private static final int MOST_AT_ONCE = 300;

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

    EventPage page(@Nullable NamePattern pattern, int limit, @Nullable PageCursor after) {
        PriorityQueue<ShardList> lists = new PriorityQueue<>(Comparator.comparing(ShardList::first, NEWEST_FIRST));
        for (int shard = 0; shard < shards; shard++) {
            ShardList list = new ShardList(queries.events(shard, pattern), limit + 1, after);
            if (list.hasNext()) {
                lists.add(list);
            }
        }
        List<StoredEvent> events = new ArrayList<>();
        while (!lists.isEmpty()) {
            ShardList list = lists.remove();
            StoredEvent event = event(list.next());
            if (pattern == null || matches(pattern, event.headers())) {
                if (events.size() == limit) {
                    return new EventPage(events, cursor(events.getLast()).toString());
                }
                events.add(event);
            }
            if (list.hasNext()) {
                lists.add(list);
            }
        }
        return new EventPage(events, null);
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

    private static boolean matches(NamePattern pattern, LaneHeaders headers) {
        return pattern.matches(headers.name()) || pattern.matches(headers.eventType());
    }

    private static PageCursor cursor(StoredEvent event) {
        return new PageCursor(
                event.headers().ingestedAt().toEpochMilli(),
                event.headers().eventId().value());
    }

    private static StoredEvent event(DocumentSnapshot document) {
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
        return new StoredEvent(
                headers,
                text(document, "body"),
                count(document, "dispatched_to"),
                count(document, "delivery_success"),
                count(document, "delivery_failed"));
    }

    private static String text(DocumentSnapshot document, String field) {
        return Objects.requireNonNullElse(document.getString(field), "");
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : IsoMillis.parse(text);
    }

    private static int count(DocumentSnapshot document, String field) {
        Long count = document.getLong(field);
        return count == null ? 0 : count.intValue();
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
                String at = IsoMillis.format(Instant.ofEpochMilli(last.createdAt()));
                part = part.startAfter(at, last.eventId());
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
