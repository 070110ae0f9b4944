package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.StoreUnavailableException;
import com.google.api.core.ApiFuture;
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

    static final int MAX_WRITES = 500;
    private static final int MAX_BYTES = 3_500_000;
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

    /** Of two of these to one document the one that happened first holds, whenever it is written. */
    void first(Collection<FirestoreDocument> documents) {
        Map<String, FirestoreDocument> firsts = new LinkedHashMap<>();
        documents.forEach(document ->
                firsts.merge(document.path(), document, (one, other) -> other.isBefore(one.fields()) ? other : one));
        List<Write> creates = new ArrayList<>();
        firsts.values()
                .forEach(document -> creates.add(write(document)
                        .setCurrentDocument(Precondition.newBuilder().setExists(false))
                        .build()));
        List<FirestoreDocument> open = failed(List.copyOf(firsts.values()), creates);
        for (int round = 0; !open.isEmpty(); round++) {
            if (round == MAX_ROUNDS) {
                throw connection.unavailable(
                        "write " + open.size() + " documents", new IllegalStateException("others write them too"));
            }
            open = replaced(open);
        }
    }

    /** Of two of these to one document the last holds. */
    void last(Collection<FirestoreDocument> documents) {
        Map<String, FirestoreDocument> lasts = new LinkedHashMap<>();
        documents.forEach(document -> lasts.put(document.path(), document));
        List<FirestoreDocument> all = List.copyOf(lasts.values());
        failed(all, all.stream().map(document -> masked(document).build()).toList());
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
                writes.add(write(document)
                        .setCurrentDocument(Precondition.newBuilder().setExists(false))
                        .build());
            } else if (isToReplace(snapshot, document)) {
                earlier.add(document);
                writes.add(masked(document)
                        .setCurrentDocument(Precondition.newBuilder()
                                .setUpdateTime(snapshot.getUpdateTime().toProto()))
                        .build());
            }
        }
        return failed(earlier, writes);
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

    /** {@return the documents whose precondition did not hold} */
    private List<FirestoreDocument> failed(List<FirestoreDocument> documents, List<Write> writes) {
        List<FirestoreDocument> failed = new ArrayList<>();
        List<Request> requests = requests(documents, writes);
        requests.forEach(this::send);
        for (Request request : requests) {
            collect(request, failed);
        }
        return failed;
    }

    /** Some writes of one request, and its answer once it was sent. */
    private static final class Request {
        private final List<FirestoreDocument> documents = new ArrayList<>();
        private final List<Write> writes = new ArrayList<>();
        private int bytes;
        private @Nullable ApiFuture<BatchWriteResponse> answer;
    }

    private static List<Request> requests(List<FirestoreDocument> documents, List<Write> writes) {
        List<Request> requests = new ArrayList<>();
        Request current = new Request();
        for (int i = 0; i < writes.size(); i++) {
            int bytes = writes.get(i).getSerializedSize();
            if (current.writes.size() == MAX_WRITES || current.bytes > 0 && current.bytes + bytes > MAX_BYTES) {
                requests.add(current);
                current = new Request();
            }
            current.documents.add(documents.get(i));
            current.writes.add(writes.get(i));
            current.bytes += bytes;
        }
        if (!current.writes.isEmpty()) {
            requests.add(current);
        }
        return requests;
    }

    private void send(Request request) {
        ramp.acquire(request.writes.size());
        request.answer = connection
                .writing()
                .batchWriteCallable()
                .futureCall(BatchWriteRequest.newBuilder()
                        .setDatabase(connection.database())
                        .addAllWrites(request.writes)
                        .build());
    }

    private void collect(Request request, List<FirestoreDocument> failed) {
        ApiFuture<BatchWriteResponse> answer = request.answer;
        if (answer == null) {
            throw new IllegalStateException("the request was not sent");
        }
        BatchWriteResponse response;
        try {
            response = connection.await("write " + request.writes.size() + " documents", answer);
        } catch (StoreUnavailableException e) {
            if (FirestoreConnection.code(e) != StatusCode.Code.INVALID_ARGUMENT) {
                throw e;
            }
            collectHalves(request, e, failed);
            return;
        }
        for (int i = 0; i < request.writes.size(); i++) {
            judge(request.documents.get(i), response.getStatus(i), failed);
        }
    }

    private void judge(FirestoreDocument document, com.google.rpc.Status status, List<FirestoreDocument> failed) {
        switch (Code.forNumber(status.getCode())) {
            case OK -> {}
            case ALREADY_EXISTS, FAILED_PRECONDITION, NOT_FOUND -> failed.add(document);
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
    private void collectHalves(Request request, StoreUnavailableException refusal, List<FirestoreDocument> failed) {
        int size = request.writes.size();
        if (size == 1) {
            refused.accept(request.documents.getFirst(), String.valueOf(refusal.getMessage()));
            return;
        }
        failed.addAll(failed(request.documents.subList(0, size / 2), request.writes.subList(0, size / 2)));
        failed.addAll(failed(request.documents.subList(size / 2, size), request.writes.subList(size / 2, size)));
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
