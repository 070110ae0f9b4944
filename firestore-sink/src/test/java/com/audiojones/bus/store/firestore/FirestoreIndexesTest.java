package com.audiojones.bus.store.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventState;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.firestore.Query;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.FieldFilter.Operator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulator answers every query without an index; Google's service does not. Nothing is sent here. */
class FirestoreIndexesTest {

    private static final FirestoreConnection CONNECTION = FirestoreConnection.open(
            new FirestoreStoreSettings("indexes", "(default)", "127.0.0.1:1", null, 1, Duration.ofDays(1)).options());
    private static final FirestoreQueries QUERIES = new FirestoreQueries(CONNECTION.reading());

    @AfterAll
    static void close() {
        CONNECTION.close();
    }

    static Stream<Query> queries() {
        return Stream.of(
                QUERIES.events(0, EventFilter.ALL),
                QUERIES.events(0, EventFilter.named(NamePattern.of("status_*"))),
                QUERIES.events(0, EventFilter.named(NamePattern.of("audit.user.*"))),
                QUERIES.events(0, new EventFilter(null, "audit.user", Priority.P1, null, null, null, null, null, null)),
                QUERIES.events(0, new EventFilter(null, null, Priority.P1, null, null, null, null, null, null)),
                QUERIES.events(0, new EventFilter(null, null, null, EventState.FAILED, null, null, null, null, null)),
                QUERIES.events(
                        0, new EventFilter(null, null, null, EventState.IN_FLIGHT, null, null, null, null, null)),
                QUERIES.events(
                        0, new EventFilter(null, null, null, null, "crm", Instant.EPOCH, Instant.now(), null, null)),
                QUERIES.eventsOfAnId(0, "evt_1"),
                QUERIES.deliveries("evt_1"),
                QUERIES.newestDeadLetters("t1"),
                QUERIES.newestQuarantined(),
                QUERIES.newestReplays(),
                QUERIES.deadLetters("t1"),
                QUERIES.deadLetters("t1").whereEqualTo("event_id", "evt_1"),
                QUERIES.delivered("t1", List.of("evt_1", "evt_2")),
                QUERIES.buckets("2026"),
                QUERIES.quarantined("2026"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryHasAnIndex(Query query) throws IOException {
        StructuredQuery structured = query.toProto().getStructuredQuery();
        String collection = structured.getFrom(0).getCollectionId();
        Set<String> equal = new HashSet<>();
        Set<String> ranges = new HashSet<>();
        filters(structured).forEach(filter -> (isEquality(filter.getOp()) ? equal : ranges)
                .add(filter.getField().getFieldPath()));
        List<String> order = structured.getOrderByList().stream()
                .map(by -> by.getField().getFieldPath())
                .filter(field -> !field.equals("__name__") && !equal.contains(field))
                .toList();

        Set<String> all = new HashSet<>(equal);
        all.addAll(ranges);
        all.addAll(order);
        if (all.size() == 1) {
            assertThat(withoutIndex(collection)).doesNotContainAnyElementsOf(all);
        } else {
            assertThat(composites(collection))
                    .anyMatch(index -> index.size() == equal.size() + order.size()
                            && equal.containsAll(index.subList(0, equal.size()))
                            && order.equals(index.subList(equal.size(), index.size())));
        }
    }

    @Test
    void whatExpiresIsRemovedAndWhatRisesWithTimeIsIndexedByShardOnly() throws IOException {
        for (String collection : List.of(
                FirestoreDocuments.EVENTS,
                FirestoreDocuments.DELIVERIES,
                FirestoreDocuments.DEAD_LETTERS,
                FirestoreDocuments.QUARANTINE,
                FirestoreDocuments.REPLAYS,
                FirestoreDocuments.STATS)) {
            assertThat(overrides())
                    .anyMatch(override ->
                            override.path("collectionGroup").asText().equals(collection)
                                    && override.path("fieldPath").asText().equals(FirestoreDocuments.EXPIRE_AT)
                                    && override.path("ttl").asBoolean());
        }
        assertThat(withoutIndex(FirestoreDocuments.EVENTS))
                .contains("created_at", "occurred_at", "expires_at", "event_id", "payload", "metadata", "body");
        assertThat(withoutIndex(FirestoreDocuments.DELIVERIES)).contains("timestamp", "next_attempt_at");
    }

    private static Stream<StructuredQuery.FieldFilter> filters(StructuredQuery query) {
        return query.hasWhere() ? filters(query.getWhere()) : Stream.empty();
    }

    private static Stream<StructuredQuery.FieldFilter> filters(StructuredQuery.Filter filter) {
        return filter.hasCompositeFilter()
                ? filter.getCompositeFilter().getFiltersList().stream().flatMap(FirestoreIndexesTest::filters)
                : Stream.of(filter.getFieldFilter());
    }

    private static boolean isEquality(Operator operator) {
        return operator == Operator.EQUAL || operator == Operator.ARRAY_CONTAINS || operator == Operator.IN;
    }

    private static List<List<String>> composites(String collection) throws IOException {
        List<List<String>> composites = new ArrayList<>();
        for (JsonNode index : file().path("indexes")) {
            if (index.path("collectionGroup").asText().equals(collection)) {
                List<String> fields = new ArrayList<>();
                index.path("fields")
                        .forEach(field -> fields.add(field.path("fieldPath").asText()));
                composites.add(fields);
            }
        }
        return composites;
    }

    private static Set<String> withoutIndex(String collection) throws IOException {
        Set<String> fields = new HashSet<>();
        for (JsonNode override : overrides()) {
            if (override.path("collectionGroup").asText().equals(collection)
                    && override.path("indexes").isEmpty()) {
                fields.add(override.path("fieldPath").asText());
            }
        }
        return fields;
    }

    private static JsonNode overrides() throws IOException {
        return file().path("fieldOverrides");
    }

    private static JsonNode file() throws IOException {
        return new ObjectMapper().readTree(Path.of("firestore.indexes.json").toFile());
    }
}
