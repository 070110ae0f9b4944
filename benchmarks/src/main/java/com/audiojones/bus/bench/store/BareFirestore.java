package com.audiojones.bus.bench.store;

import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.time.IsoMillis;
import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.cloud.firestore.v1.FirestoreSettings;
import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Sets documents of events and deliveries by {@code batchWrite}, some requests at a time, without a condition. */
final class BareFirestore implements AutoCloseable {

    private static final int MOST_WRITES = 500;

    private static final Value NULL =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    private static final List<String> NULLS_OF_EVENT =
            List.of("traceparent", "only_target", "actor_type", "blueprint_id");
    private static final List<String> NULLS_OF_DELIVERY =
            List.of("replay_id", "error", "error_message", "next_attempt_at");

    private final FirestoreClient client;
    private final String root;

    BareFirestore(String emulatorHost, String project) throws IOException {
        FirestoreOptions.Builder builder = FirestoreOptions.newBuilder().setEmulatorHost(emulatorHost);
        builder.setProjectId(project);
        FirestoreOptions options = builder.build();
        this.client = FirestoreClient.create(FirestoreSettings.newBuilder()
                .setTransportChannelProvider(options.getTransportChannelProvider())
                .setCredentialsProvider(options.getCredentialsProvider())
                .build());
        this.root = "projects/" + project + "/databases/(default)";
    }

    void write(StoredEvents sample, int from, int to) throws ExecutionException, InterruptedException {
        List<Write> writes = new ArrayList<>();
        for (int number = from; number < to; number++) {
            LaneHeaders headers = sample.headers(number);
            writes.add(set("bare_events", number, event(headers, sample.body(headers))));
            writes.add(set("bare_deliveries", number, delivery(sample.delivery(headers))));
        }
        List<ApiFuture<BatchWriteResponse>> answers = new ArrayList<>();
        for (int first = 0; first < writes.size(); first += MOST_WRITES) {
            answers.add(client.batchWriteCallable()
                    .futureCall(BatchWriteRequest.newBuilder()
                            .setDatabase(root)
                            .addAllWrites(writes.subList(first, Math.min(first + MOST_WRITES, writes.size())))
                            .build()));
        }
        for (ApiFuture<BatchWriteResponse> answer : answers) {
            answer.get();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Write set(String collection, int number, Map<String, Value> fields) {
        return Write.newBuilder()
                .setUpdate(Document.newBuilder()
                        .setName(root + "/documents/" + collection + "/" + Integer.toHexString(Integer.reverse(number)))
                        .putAllFields(fields))
                .build();
    }

    private static Map<String, Value> event(LaneHeaders headers, String body) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("event_id", text(headers.eventId().value()));
        fields.put("event_type", text(headers.eventType()));
        fields.put("created_at", text(IsoMillis.format(headers.ingestedAt())));
        fields.put("name", text(headers.name()));
        fields.put("topic", text(headers.topic()));
        fields.put("priority", text(headers.priority().name()));
        fields.put("lane", text("standard"));
        fields.put("occurred_at", text(IsoMillis.format(headers.occurredAt())));
        fields.put("expires_at", text(IsoMillis.format(headers.ingestedAt())));
        fields.put("sample_rate", Value.newBuilder().setDoubleValue(1).build());
        fields.put("names", array("audit.user.bench", "audit.user", "audit", "bench"));
        fields.put("body", text(body));
        fields.put("payload", map(Map.of("n", number(1), "text", text(body.substring(StoredEvents.LEAD)))));
        fields.put("metadata", map(Map.of("source", text("bench"), "actor", text("bench"))));
        fields.put("source", text("bench"));
        fields.put("actor", text("bench"));
        fields.put("shard", number(0));
        fields.put("dispatched_to", number(1));
        fields.put("delivery_success", number(1));
        fields.put("delivery_failed", number(0));
        fields.put("state", text("delivered"));
        fields.put("expire_at", moment());
        NULLS_OF_EVENT.forEach(name -> fields.put(name, NULL));
        return fields;
    }

    private static Map<String, Value> delivery(DeliveryRecord delivery) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("event_id", text(delivery.eventId()));
        fields.put("url", text(String.valueOf(delivery.url())));
        fields.put("status", number(200));
        fields.put("timestamp", text(IsoMillis.format(delivery.timestamp())));
        fields.put("response_time_ms", number(12));
        fields.put("target_id", text(String.valueOf(delivery.targetId())));
        fields.put("outcome", text(delivery.kind().label()));
        fields.put("request_no", number(1));
        fields.put("attempt", number(1));
        fields.put("matched", number(1));
        fields.put("response_excerpt", text("ok"));
        fields.put("expire_at", moment());
        NULLS_OF_DELIVERY.forEach(name -> fields.put(name, NULL));
        return fields;
    }

    private static Value moment() {
        return Value.newBuilder()
                .setTimestampValue(Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1_000))
                .build();
    }

    private static Value number(long number) {
        return Value.newBuilder().setIntegerValue(number).build();
    }

    private static Value map(Map<String, Value> fields) {
        return Value.newBuilder()
                .setMapValue(MapValue.newBuilder().putAllFields(fields))
                .build();
    }

    private static Value array(String... texts) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (String text : texts) {
            array.addValues(text(text));
        }
        return Value.newBuilder().setArrayValue(array).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
