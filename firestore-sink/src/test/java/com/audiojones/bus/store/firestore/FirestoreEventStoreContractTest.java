package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.testkit.FirestoreEmulator;
import com.audiojones.bus.testkit.store.EventStoreContract;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;

/** On Google's emulator, a project for each test. */
class FirestoreEventStoreContractTest extends EventStoreContract {

    private static int projects;

    private FirestoreStoreSettings settings = settings();

    @Override
    protected EventStore openEmpty() {
        settings = settings();
        return FirestoreEventStore.open(settings);
    }

    private static FirestoreStoreSettings settings() {
        return new FirestoreStoreSettings(
                "contract-" + ++projects,
                "(default)",
                FirestoreEmulator.shared().host(),
                null,
                3,
                Duration.ofDays(30));
    }

    @Override
    public void putTargetDocument(String id, String json) {
        try (FirestoreConnection connection = FirestoreConnection.open(settings.options())) {
            connection.await(
                    "put a document",
                    connection
                            .reading()
                            .document(FirestoreDocuments.TARGETS + "/" + id)
                            .set(members(json)));
        }
    }

    /** What is no JSON object is a document without a field of a target. */
    private static Map<String, Object> members(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            return Map.of("text", json);
        }
    }
}
