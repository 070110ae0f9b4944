package com.audiojones.bus.store.firestore;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.time.IsoMillis;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import java.util.Collection;
import java.util.List;

/** Every query that is made. Each has its index in {@code firestore.indexes.json}, as a test checks. */
final class FirestoreQueries {

    static final String[] EVENT_FIELDS = {
        "event_id",
        "event_type",
        "name",
        "topic",
        "priority",
        "created_at",
        "occurred_at",
        "expires_at",
        "sample_rate",
        "traceparent",
        "only_target",
        "body",
        "dispatched_to",
        "delivery_success",
        "delivery_failed",
        "source"
    };

    private static final String AFTER_ALL_ID_CHARACTERS = "~";

    private static final String[] PAIR_FIELDS = {"event_id", "timestamp", "replay_id"};

    private final Firestore firestore;

    FirestoreQueries(Firestore firestore) {
        this.firestore = firestore;
    }

    /**
     * A shard's events, newest first: those of a filter, and perhaps some more. Of all that the filter asks for, one thing
     * is left to Firestore, that which most likely leaves out most: an index for every set of things would cost each write.
     */
    Query events(int shard, EventFilter filter) {
        Query query = firestore.collection(FirestoreDocuments.EVENTS).whereEqualTo("shard", shard);
        if (filter.from() != null) {
            query = query.whereGreaterThanOrEqualTo("created_at", IsoMillis.format(filter.from()));
        }
        if (filter.until() != null) {
            query = query.whereLessThan("created_at", IsoMillis.format(filter.until()));
        }
        return narrowed(query, filter)
                .orderBy("created_at", Direction.DESCENDING)
                .orderBy("event_id", Direction.DESCENDING)
                .select(EVENT_FIELDS);
    }

    private static Query narrowed(Query query, EventFilter filter) {
        String token = filter.pattern() == null ? null : EventNames.sureToken(filter.pattern());
        if (filter.source() != null) {
            return query.whereEqualTo("source", filter.source());
        }
        if (token != null) {
            return query.whereArrayContains("names", token);
        }
        if (filter.state() != null && filter.state() != EventState.IN_FLIGHT) {
            return query.whereEqualTo("state", filter.state().label());
        }
        if (filter.topic() != null) {
            return query.whereEqualTo("topic", filter.topic());
        }
        return filter.priority() == null
                ? query
                : query.whereEqualTo("priority", filter.priority().name());
    }

    /** A shard's events whose ids begin with a text. */
    Query eventsOfAnId(int shard, String prefix) {
        return firestore
                .collection(FirestoreDocuments.EVENTS)
                .whereEqualTo("shard", shard)
                .whereGreaterThanOrEqualTo("event_id", prefix)
                .whereLessThan("event_id", prefix + AFTER_ALL_ID_CHARACTERS)
                .orderBy("event_id")
                .select(EVENT_FIELDS);
    }

    /** A whole collection in the order of its ids. */
    Query all(String collection) {
        return firestore.collection(collection).orderBy(FieldPath.documentId());
    }

    /** All that happened to an event. */
    Query deliveries(String eventId) {
        return firestore.collection(FirestoreDocuments.DELIVERIES).whereEqualTo("event_id", eventId);
    }

    /** What was given up for a target, newest first. */
    Query newestDeadLetters(String targetId) {
        return firestore
                .collection(FirestoreDocuments.DEAD_LETTERS)
                .whereEqualTo("target_id", targetId)
                .orderBy("timestamp", Direction.DESCENDING)
                .orderBy(FieldPath.documentId(), Direction.DESCENDING);
    }

    /** What was put into quarantine, newest first. */
    Query newestQuarantined() {
        return firestore
                .collection(FirestoreDocuments.QUARANTINE)
                .orderBy("timestamp", Direction.DESCENDING)
                .orderBy(FieldPath.documentId(), Direction.DESCENDING);
    }

    /** Replays, newest first. */
    Query newestReplays() {
        return firestore
                .collection(FirestoreDocuments.REPLAYS)
                .orderBy("started_at", Direction.DESCENDING)
                .orderBy(FieldPath.documentId(), Direction.DESCENDING);
    }

    /** A target's dead letters by event. */
    Query deadLetters(String targetId) {
        return firestore
                .collection(FirestoreDocuments.DEAD_LETTERS)
                .whereEqualTo("target_id", targetId)
                .orderBy("event_id")
                .orderBy(FieldPath.documentId())
                .select(PAIR_FIELDS);
    }

    /** Which of some events a target got. */
    Query delivered(String targetId, Collection<String> eventIds) {
        return firestore
                .collection(FirestoreDocuments.DELIVERIES)
                .whereEqualTo("target_id", targetId)
                .whereEqualTo("outcome", DeliveryKind.DELIVERED.label())
                .whereIn("event_id", List.copyOf(eventIds))
                .select(PAIR_FIELDS);
    }

    /** The buckets of a minute and all later ones. */
    Query buckets(String minute) {
        return firestore.collection(FirestoreDocuments.STATS).whereGreaterThanOrEqualTo("minute", minute);
    }

    /** What was put into quarantine from a time on. */
    Query quarantined(String from) {
        return firestore.collection(FirestoreDocuments.QUARANTINE).whereGreaterThanOrEqualTo("timestamp", from);
    }
}
