package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.time.IsoMillis;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.QuerySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The reading of events that a target still lacks: its dead letters by event id, less those of which a delivery came after. */
final class FailedQueries {

    /** As many values as one query takes. */
    private static final int MOST_IDS = 30;

    private final FirestoreConnection connection;
    private final FirestoreQueries queries;
    private final EventQueries events;

    FailedQueries(FirestoreConnection connection, EventQueries events) {
        this.connection = connection;
        this.queries = new FirestoreQueries(connection.reading());
        this.events = events;
    }

    List<StoredEvent> page(Failures failures, String after, int limit) {
        List<StoredEvent> page = new ArrayList<>();
        Letters letters = new Letters(failures, after);
        while (page.size() < limit) {
            List<String> ids = letters.next();
            if (ids.isEmpty()) {
                break;
            }
            page.addAll(lacking(failures, letters, ids));
        }
        return page.subList(0, Math.min(limit, page.size()));
    }

    long count(Failures failures) {
        long count = 0;
        Letters letters = new Letters(failures, "");
        for (List<String> ids = letters.next(); !ids.isEmpty(); ids = letters.next()) {
            count += lacking(failures, letters, ids).size();
        }
        return count;
    }

    private List<StoredEvent> lacking(Failures failures, Letters letters, Collection<String> ids) {
        Map<String, List<QueryDocumentSnapshot>> deliveries = new LinkedHashMap<>();
        connection
                .await(
                        "read deliveries",
                        queries.delivered(failures.targetId(), ids).get())
                .forEach(delivery -> deliveries
                        .computeIfAbsent(text(delivery, "event_id"), any -> new ArrayList<>())
                        .add(delivery));
        List<String> lacking = ids.stream()
                .filter(id -> letters.of(id).stream().anyMatch(letter -> deliveries.getOrDefault(id, List.of()).stream()
                        .noneMatch(delivery -> settles(delivery, letter))))
                .toList();
        return lacking.isEmpty() ? List.of() : events.byIds(lacking);
    }

    private static boolean settles(QueryDocumentSnapshot delivery, QueryDocumentSnapshot letter) {
        return text(delivery, "timestamp").compareTo(text(letter, "timestamp")) >= 0
                || text(delivery, "replay_id").equals(text(letter, "replay_id"));
    }

    private static String text(QueryDocumentSnapshot document, String field) {
        return Objects.requireNonNullElse(document.getString(field), "");
    }

    /** A target's dead letters of a span of time, all those of some events at a time. */
    private final class Letters {
        private final String from;
        private final String to;
        private final Query query;
        private Map<String, List<QueryDocumentSnapshot>> current = Map.of();
        private String after;
        private boolean atEnd;

        Letters(Failures failures, String after) {
            this.from = IsoMillis.format(failures.since());
            this.to = IsoMillis.format(failures.until());
            this.after = after;
            this.query = queries.deadLetters(failures.targetId());
        }

        List<QueryDocumentSnapshot> of(String eventId) {
            return current.getOrDefault(eventId, List.of());
        }

        /** The next events with a letter in the span; none: there are no more. */
        List<String> next() {
            current = new LinkedHashMap<>();
            while (current.isEmpty() && !atEnd) {
                readOn();
            }
            return List.copyOf(current.keySet());
        }

        /** The letters of the last event read may go on beyond what was read: it is read again, with all of them. */
        private void readOn() {
            int limit = MOST_IDS;
            QuerySnapshot read = connection.await(
                    "list dead letters",
                    query.startAfter(after, "~").limit(limit).get());
            String last = read.isEmpty() ? "" : text(read.getDocuments().getLast(), "event_id");
            atEnd = read.size() < limit;
            for (QueryDocumentSnapshot letter : read) {
                String id = text(letter, "event_id");
                if (atEnd || !id.equals(last)) {
                    keep(id, letter);
                    after = id;
                }
            }
            if (!atEnd && text(read.getDocuments().getFirst(), "event_id").equals(last)) {
                readAllOf(last);
            }
        }

        /** One event with more letters than are read at a time. */
        private void readAllOf(String eventId) {
            connection
                    .await(
                            "list dead letters",
                            query.whereEqualTo("event_id", eventId).get())
                    .forEach(letter -> keep(eventId, letter));
            after = eventId;
        }

        private void keep(String id, QueryDocumentSnapshot letter) {
            String at = text(letter, "timestamp");
            if (at.compareTo(from) >= 0 && at.compareTo(to) <= 0) {
                current.computeIfAbsent(id, any -> new ArrayList<>()).add(letter);
            }
        }
    }
}
