package com.audiojones.bus.store.firestore;

import com.google.api.core.ApiFuture;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Write;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some writes of one request, and its answer once it was sent. */
final class WriteRequest {

    private static final int MAX_WRITES = 500;
    private static final int MAX_BYTES = 3_500_000;

    private final List<FirestoreDocument> documents = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private int bytes;
    private @Nullable ApiFuture<BatchWriteResponse> answer;

    private WriteRequest() {}

    /** {@return requests within the limits of their number and size, one write for each document} */
    static List<WriteRequest> of(List<FirestoreDocument> documents, List<Write> writes) {
        List<WriteRequest> requests = new ArrayList<>();
        WriteRequest current = new WriteRequest();
        for (int i = 0; i < writes.size(); i++) {
            int bytes = writes.get(i).getSerializedSize();
            if (current.writes.size() == MAX_WRITES || current.bytes > 0 && current.bytes + bytes > MAX_BYTES) {
                requests.add(current);
                current = new WriteRequest();
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

    List<FirestoreDocument> documents() {
        return documents;
    }

    List<Write> writes() {
        return writes;
    }

    void answer(ApiFuture<BatchWriteResponse> coming) {
        answer = coming;
    }

    ApiFuture<BatchWriteResponse> answer() {
        ApiFuture<BatchWriteResponse> coming = answer;
        if (coming == null) {
            throw new IllegalStateException("the request was not sent");
        }
        return coming;
    }
}
