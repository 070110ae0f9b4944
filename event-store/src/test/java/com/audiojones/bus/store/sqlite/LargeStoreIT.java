package com.audiojones.bus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.target.TargetVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store with a million events, five with {@code -Dajbus.long=true}: what is asked for is found without looking at all. */
class LargeStoreIT {

    private static final int EVENTS = Boolean.getBoolean("ajbus.long") ? 5_000_000 : 1_000_000;
    private static final int BATCH = 5_000;
    private static final int RUNS = 100;

    /** Looking at every event takes thousands of times as long as a page. */
    private static final double MOST_TIMES_A_PAGE = 100;

    private static final int FAILED_EVERY = 1_000;
    private static final List<String> TOPICS = List.of("audit.user", "audit.data", "audit.billing", "events.status");
    private static final List<String> TYPES = List.of("login", "task.created", "export.done", "invoice.paid", "viewed");
    private static final String RARE = "audit.user.rare";

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    void everyQueryIsAnsweredByItsIndexAndTheFileKeepsToItsSize() throws Exception {
        Path file = directory.resolve("store.db");
        long size;
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            for (int from = 0; from < EVENTS; from += BATCH) {
                store.write(batch(from));
            }
            Map<String, double[]> millis = measured(store);
            double page = median(millis.get("newest page"));
            millis.forEach((query, times) -> System.err.printf(
                    Locale.ROOT,
                    "LargeStoreIT, seed %d: %-36s median %7.2f ms, p99 %7.2f ms%n",
                    seed,
                    query,
                    median(times),
                    percentile(times, 0.99)));
            assertThat(millis).allSatisfy((query, times) -> assertThat(median(times) / page)
                    .as("%s, seed %s, times a page", query, seed)
                    .isLessThan(MOST_TIMES_A_PAGE));
        }
        size = Files.size(file);
        System.err.printf(
                Locale.ROOT, "LargeStoreIT: %d events, %d bytes each with one delivery%n", EVENTS, size / EVENTS);
        keepsTo(file, size * 9 / 10);
    }

    private static void keepsTo(Path file, long most) throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(file, most, TargetVault.CLEAR)) {
            long deleted = store.deleteBefore(Instant.EPOCH);

            assertThat(deleted).isBetween(EVENTS / 20L, EVENTS / 5L);
            assertThat(store.event(id(0))).isEmpty();
            assertThat(store.event(id(EVENTS - 1))).isPresent();
        }
        try (RawFile raw = new RawFile(file)) {
            long pages = Long.parseLong(raw.column("PRAGMA page_count").getFirst())
                    - Long.parseLong(raw.column("PRAGMA freelist_count").getFirst());
            long pageSize = Long.parseLong(raw.column("PRAGMA page_size").getFirst());
            assertThat(pages * pageSize).isLessThanOrEqualTo(most);
        }
    }

    private Map<String, double[]> measured(SqliteEventStore store) throws Exception {
        Map<String, double[]> millis = new LinkedHashMap<>();
        millis.put("newest page", list(store, 50, EventFilter.ALL));
        millis.put("page somewhere", times(() -> {
            String cursor = new PageCursor(at(random.nextInt(EVENTS)).toEpochMilli(), "evt_1").toString();
            return store.events(new EventQuery(EventFilter.ALL, 50, cursor)).items();
        }));
        millis.put("a common name", list(store, 50, EventFilter.named(NamePattern.of("audit.user.*"))));
        millis.put("a rare name", list(store, 1, EventFilter.named(NamePattern.of(RARE))));
        millis.put("a name of none", list(store, 0, EventFilter.named(NamePattern.of("no.such.*"))));
        millis.put(
                "topic and priority",
                list(store, 50, new EventFilter(null, "audit.data", Priority.P2, null, null, null, null, null, null)));
        millis.put(
                "failed",
                list(store, 50, new EventFilter(null, null, null, EventState.FAILED, null, null, null, null, null)));
        millis.put(
                "in flight",
                list(store, 10, new EventFilter(null, null, null, EventState.IN_FLIGHT, null, null, null, null, null)));
        millis.put(
                "a source",
                list(store, 50, new EventFilter(null, null, null, null, "source-7", null, null, null, null)));
        millis.put(
                "a rare source",
                list(store, 1, new EventFilter(null, null, null, null, "rare", null, null, null, null)));
        millis.put("an id", times(() -> {
            EventFilter filter =
                    new EventFilter(null, null, null, null, null, null, null, id(random.nextInt(EVENTS)), null);
            assertThat(store.events(new EventQuery(filter, 50, null)).items()).isNotEmpty();
            return filter;
        }));
        millis.put("an hour of a topic", times(() -> {
            Instant from = at(random.nextInt(EVENTS));
            EventFilter filter =
                    new EventFilter(null, "audit.user", null, null, null, from, from.plusSeconds(3_600), null, null);
            return store.events(new EventQuery(filter, 50, null)).items();
        }));
        millis.put(
                "an event", times(() -> store.event(id(random.nextInt(EVENTS))).orElseThrow()));
        millis.put("its deliveries", times(() -> store.deliveries(id(random.nextInt(EVENTS)))));
        millis.put("a target's dead letters", times(() -> store.deadLetters("t1", 50, null)));
        millis.put(
                "what a target lacks",
                times(() -> store.failed(new Failures("t1", Instant.EPOCH, at(EVENTS)), null, 50)));
        return millis;
    }

    private double[] list(SqliteEventStore store, int expected, EventFilter filter) throws Exception {
        return times(() -> {
            List<?> items = store.events(new EventQuery(filter, 50, null)).items();
            assertThat(items).hasSize(expected);
            return items;
        });
    }

    private static double[] times(Callable<?> query) throws Exception {
        for (int i = 0; i < 10; i++) {
            query.call();
        }
        double[] millis = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long begun = System.nanoTime();
            query.call();
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private static double median(double @Nullable [] sorted) {
        return percentile(sorted, 0.5);
    }

    private static double percentile(double @Nullable [] sorted, double part) {
        return sorted == null ? Double.NaN : sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    private List<StoreWrite> batch(int from) {
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = from; i < from + BATCH; i++) {
            boolean failed = i % FAILED_EVERY == 0;
            boolean inFlight = i >= EVENTS - 10;
            LaneHeaders headers = headers(i);
            String source = i == EVENTS / 2 ? "rare" : "source-" + random.nextInt(50);
            writes.add(new EventWrite(
                    headers,
                    "{\"event_id\":\"" + id(i) + "\",\"payload\":{\"text\":\"" + "x".repeat(400)
                            + "\"},\"metadata\":{\"source\":\"" + source + "\"}}"));
            writes.add(new StatusWrite(
                    new EventStatus(id(i), null, 1, failed || inFlight ? 0 : 1, failed && !inFlight ? 1 : 0)));
            writes.add(new DeliveryWrite(new StoredDelivery(
                    id(i),
                    failed ? DeliveryKind.DEAD_LETTERED : DeliveryKind.DELIVERED,
                    "t1",
                    null,
                    "https://example.com/hook",
                    1,
                    1,
                    1,
                    200,
                    12L,
                    null,
                    null,
                    "ok",
                    at(i),
                    null)));
            if (failed) {
                writes.add(new DeadLetterWrite(
                        new StoredDeadLetter(
                                id(i),
                                "t1",
                                null,
                                headers.eventType(),
                                "https://example.com/hook",
                                DeadLetterReason.MAX_ATTEMPTS,
                                "expected 2xx, got 500",
                                500,
                                3,
                                at(i)),
                        "{}"));
            }
        }
        return writes;
    }

    private LaneHeaders headers(int i) {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        String type = TYPES.get(random.nextInt(TYPES.size()));
        boolean rare = i == EVENTS / 3;
        return new LaneHeaders(
                new EventId(id(i)),
                rare ? "rare" : type,
                rare ? RARE : topic + "." + type,
                rare ? "audit.user" : topic,
                Priority.values()[random.nextInt(4)],
                at(i),
                at(i),
                null,
                1,
                null,
                null,
                null);
    }

    /** Ten events a second. */
    private static Instant at(int i) {
        return Instant.parse("2026-11-01T00:00:00Z").plusMillis(100L * i);
    }

    private static String id(int i) {
        return "evt_" + at(i).toEpochMilli() + "_" + i;
    }
}
