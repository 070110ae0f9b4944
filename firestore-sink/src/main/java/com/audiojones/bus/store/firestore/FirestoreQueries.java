package com.audiojones.bus.store.firestore;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.NamePattern;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        "delivery_failed"
    };

    private static final String[] PAIR_FIELDS = {"event_id", "timestamp", "replay_id"};

    private final Firestore firestore;

    FirestoreQueries(Firestore firestore) {
        this.firestore = firestore;
    }

    /** A shard's events, newest first: those of a pattern, and perhaps some more. */
    Query events(int shard, @Nullable NamePattern pattern) {
        Query query = firestore.collection(FirestoreDocuments.EVENTS).whereEqualTo("shard", shard);
        String token = pattern == null ? null : EventNames.sureToken(pattern);
        if (token != null) {
            query = query.whereArrayContains("names", token);
        }
        return query.orderBy("created_at", Direction.DESCENDING)
                .orderBy("event_id", Direction.DESCENDING)
                .select(EVENT_FIELDS);
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
