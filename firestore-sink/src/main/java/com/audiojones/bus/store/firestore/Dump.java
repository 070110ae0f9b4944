package com.audiojones.bus.store.firestore;

import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredEvent;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads all documents of a collection in the order of their ids. */
final class Dump {

    private final FirestoreConnection connection;
    private final FirestoreQueries queries;

    Dump(FirestoreConnection connection) {
        this.connection = connection;
        this.queries = new FirestoreQueries(connection.reading());
    }

    Page<StoreWrite> page(StorePart part, int limit, @Nullable PageCursor after) {
        Query query = queries.all(collection(part)).limit(limit);
        if (after != null) {
            query = query.startAfter(after.id());
        }
        List<? extends DocumentSnapshot> documents =
                connection.await("dump documents", query.get()).getDocuments();
        List<StoreWrite> writes = new ArrayList<>();
        documents.forEach(document -> writes.addAll(writes(part, document)));
        return new Page<>(
                writes,
                documents.size() < limit
                        ? null
                        : new PageCursor(0, documents.getLast().getId()).toString());
    }

    private static String collection(StorePart part) {
        return switch (part) {
            case EVENTS -> FirestoreDocuments.EVENTS;
            case DELIVERIES -> FirestoreDocuments.DELIVERIES;
            case DEAD_LETTERS -> FirestoreDocuments.DEAD_LETTERS;
            case QUARANTINE -> FirestoreDocuments.QUARANTINE;
            case STATS -> FirestoreDocuments.STATS;
            case REPLAYS -> FirestoreDocuments.REPLAYS;
        };
    }

    private static List<StoreWrite> writes(StorePart part, DocumentSnapshot document) {
        return switch (part) {
            case EVENTS -> event(document);
            case DELIVERIES -> List.of(new DeliveryWrite(DeliveryQueries.delivery(document)));
            case DEAD_LETTERS ->
                List.of(new DeadLetterWrite(
                        DeliveryQueries.deadLetter(document),
                        Objects.requireNonNullElse(document.getString("body"), "")));
            case QUARANTINE -> List.of(DeliveryQueries.quarantined(document));
            case STATS -> List.of(new StatsWrite(StatsQueries.bucket(document)));
            case REPLAYS -> List.of(new ReplayWrite(DeliveryQueries.replay(document)));
        };
    }

    /** A document of counters only makes no event. */
    private static List<StoreWrite> event(DocumentSnapshot document) {
        List<StoreWrite> writes = new ArrayList<>();
        if (document.getString("created_at") != null) {
            StoredEvent event = EventQueries.event(document);
            writes.add(new EventWrite(event.headers(), event.body()));
        }
        if (document.getLong("dispatched_to") != null) {
            writes.add(new StatusWrite(new EventStatus(
                    String.valueOf(document.getString("event_id")),
                    null,
                    EventQueries.count(document, "dispatched_to"),
                    EventQueries.count(document, "delivery_success"),
                    EventQueries.count(document, "delivery_failed"))));
        }
        return writes;
    }
}
