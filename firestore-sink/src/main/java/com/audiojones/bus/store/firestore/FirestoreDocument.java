package com.audiojones.bus.store.firestore;

import com.google.firestore.v1.Value;
import java.util.List;
import java.util.Map;

/**
 * Fields of one document.
 *
 * @param collection the collection
 * @param id the document's id in it
 * @param fields what to write; other fields of the document are left as they are
 * @param order the fields that say which of two writes happened first, which holds; empty: the last that is written holds
 * @param yields whether it is written only where the fields of the order are not there
 */
record FirestoreDocument(String collection, String id, Map<String, Value> fields, List<String> order, boolean yields) {

    FirestoreDocument(String collection, String id, Map<String, Value> fields, List<String> order) {
        this(collection, id, fields, order, false);
    }

    /** Copies the collections in. */
    FirestoreDocument {
        fields = Map.copyOf(fields);
        order = List.copyOf(order);
    }

    /** {@return the same, which yields to a document that has a field} */
    FirestoreDocument yieldingTo(String field) {
        return new FirestoreDocument(collection, id, fields, List.of(field), true);
    }

    /** {@return the name by which requests of one database tell documents apart} */
    String path() {
        return collection + "/" + id;
    }

    /** {@return whether this one happened before another of the same document} */
    boolean isBefore(Map<String, Value> other) {
        if (yields) {
            return false;
        }
        for (String field : order) {
            String own = fields.getOrDefault(field, Values.NULL).getStringValue();
            int difference =
                    own.compareTo(other.getOrDefault(field, Values.NULL).getStringValue());
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }
}
