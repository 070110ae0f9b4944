package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.StoreUnavailableException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.rpc.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents by {@code batchWrite}, several requests at a time. What is new is created without a look; a document
 * that is there already is read, and replaced only by a write that happened before it, if nobody was faster.
 */
final class BatchWrites {

    private static final int MAX_ROUNDS = 20;

    private final FirestoreConnection connection;
    private final WriteRamp ramp;

    /** Told of each document that Firestore refuses for good, and why. */
    private final BiConsumer<FirestoreDocument, String> refused;

    BatchWrites(FirestoreConnection connection, WriteRamp ramp, BiConsumer<FirestoreDocument, String> refused) {
        this.connection = connection;
        this.ramp = ramp;
        this.refused = refused;
    }

    /**
     * Writes documents of both kinds, in any number. A document that is new and has both gets them in one write.
     *
     * @param firsts of two of these to one document the one that happened first holds, whenever it is written
     * @param lasts of two of these to one document the last holds; their fields are others than those of the firsts
     */
    void write(Collection<FirestoreDocument> firsts, Collection<FirestoreDocument> lasts) {
        Map<String, FirestoreDocument> events = new LinkedHashMap<>();
        firsts.forEach(document ->
                events.merge(document.path(), document, (one, other) -> other.isBefore(one.fields()) ? other : one));
        Map<String, FirestoreDocument> counters = new LinkedHashMap<>();
        lasts.forEach(document -> counters.put(document.path(), document));

        List<FirestoreDocument> documents = new ArrayList<>(events.values());
        List<Write> writes = new ArrayList<>();
        events.forEach((path, document) -> writes.add(created(document, counters.get(path))));
        counters.forEach((path, document) -> {
            if (!events.containsKey(path)) {
                documents.add(document);
                writes.add(masked(document).build());
            }
        });
        Outcome outcome = send(documents, writes);
        outcome.written.forEach(document -> counters.remove(document.path()));
        replace(outcome.known);
        List<FirestoreDocument> left = List.copyOf(counters.values());
        send(left, left.stream().map(document -> masked(document).build()).toList());
    }

    private void replace(List<FirestoreDocument> documents) {
        List<FirestoreDocument> open = documents;
        for (int round = 0; !open.isEmpty(); round++) {
            if (round == MAX_ROUNDS) {
                throw connection.unavailable(
                        "write " + open.size() + " documents", new IllegalStateException("others write them too"));
            }
            open = replaced(open);
        }
    }

    /** {@return those that have to be looked at again, as others have changed them meanwhile} */
    private List<FirestoreDocument> replaced(List<FirestoreDocument> documents) {
        List<FirestoreDocument> earlier = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        Map<String, DocumentSnapshot> there = there(documents);
        for (FirestoreDocument document : documents) {
            DocumentSnapshot snapshot = there.get(document.path());
            if (snapshot == null || !snapshot.exists()) {
                earlier.add(document);
                writes.add(created(document, null));
            } else if (isToReplace(snapshot, document)) {
                earlier.add(document);
                writes.add(masked(document)
                        .setCurrentDocument(Precondition.newBuilder()
                                .setUpdateTime(snapshot.getUpdateTime().toProto()))
                        .build());
            }
        }
        return send(earlier, writes).known;
    }

    private Map<String, DocumentSnapshot> there(List<FirestoreDocument> documents) {
        DocumentReference[] references = documents.stream()
                .map(document -> connection.reading().document(document.path()))
                .toArray(DocumentReference[]::new);
        Map<String, DocumentSnapshot> there = new HashMap<>();
        connection
                .await("read documents", connection.reading().getAll(references))
                .forEach(snapshot ->
                        there.put(snapshot.getReference().getParent().getId() + "/" + snapshot.getId(), snapshot));
        return there;
    }

    /** A document of an event that has its counters only does not say when it was created. */
    private static boolean isToReplace(DocumentSnapshot there, FirestoreDocument document) {
        Map<String, Value> order = new HashMap<>();
        for (String field : document.order()) {
            String text = there.getString(field);
            if (text == null) {
                return true;
            }
            order.put(field, Values.text(text));
        }
        return document.isBefore(order);
    }

    /** What became of documents that were not refused. */
    private static final class Outcome {
        private final List<FirestoreDocument> written = new ArrayList<>();

        /** Those whose precondition did not hold. */
        private final List<FirestoreDocument> known = new ArrayList<>();
    }

    private Outcome send(List<FirestoreDocument> documents, List<Write> writes) {
        Outcome outcome = new Outcome();
        send(documents, writes, outcome);
        return outcome;
    }

    private void send(List<FirestoreDocument> documents, List<Write> writes, Outcome outcome) {
        List<WriteRequest> requests = WriteRequest.of(documents, writes);
        requests.forEach(this::send);
        requests.forEach(request -> collect(request, outcome));
    }

    private void send(WriteRequest request) {
        ramp.acquire(request.writes().size());
        request.answer(connection
                .writing()
                .batchWriteCallable()
                .futureCall(BatchWriteRequest.newBuilder()
                        .setDatabase(connection.database())
                        .addAllWrites(request.writes())
                        .build()));
    }

    private void collect(WriteRequest request, Outcome outcome) {
        BatchWriteResponse response;
        try {
            response = connection.await("write " + request.writes().size() + " documents", request.answer());
        } catch (StoreUnavailableException e) {
            if (FirestoreConnection.code(e) != StatusCode.Code.INVALID_ARGUMENT) {
                throw e;
            }
            collectHalves(request, e, outcome);
            return;
        }
        for (int i = 0; i < request.writes().size(); i++) {
            judge(request.documents().get(i), response.getStatus(i), outcome);
        }
    }

    private void judge(FirestoreDocument document, com.google.rpc.Status status, Outcome outcome) {
        switch (Code.forNumber(status.getCode())) {
            case OK -> outcome.written.add(document);
            case ALREADY_EXISTS, FAILED_PRECONDITION, NOT_FOUND -> outcome.known.add(document);
            case INVALID_ARGUMENT -> refused.accept(document, status.getMessage());
            case null, default -> {
                ramp.slowDown(status.getCode());
                throw connection.unavailable(
                        "write " + document.path(),
                        new IllegalStateException(Code.forNumber(status.getCode()) + ": " + status.getMessage()));
            }
        }
    }

    /** One document that Firestore will never take fails the request it is in. */
    private void collectHalves(WriteRequest request, StoreUnavailableException refusal, Outcome outcome) {
        int size = request.writes().size();
        if (size == 1) {
            refused.accept(request.documents().getFirst(), String.valueOf(refusal.getMessage()));
            return;
        }
        send(request.documents().subList(0, size / 2), request.writes().subList(0, size / 2), outcome);
        send(request.documents().subList(size / 2, size), request.writes().subList(size / 2, size), outcome);
    }

    private Write created(FirestoreDocument document, @Nullable FirestoreDocument counters) {
        Write.Builder write =
                write(document).setCurrentDocument(Precondition.newBuilder().setExists(false));
        if (counters != null) {
            write.getUpdateBuilder().putAllFields(counters.fields());
        }
        return write.build();
    }

    private Write.Builder write(FirestoreDocument document) {
        return Write.newBuilder()
                .setUpdate(Document.newBuilder()
                        .setName(connection.database() + "/documents/" + document.path())
                        .putAllFields(document.fields()));
    }

    private Write.Builder masked(FirestoreDocument document) {
        return write(document)
                .setUpdateMask(DocumentMask.newBuilder()
                        .addAllFieldPaths(document.fields().keySet()));
    }
}
