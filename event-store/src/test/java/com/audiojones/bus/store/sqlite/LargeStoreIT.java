package com.audiojones.bus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.target.TargetVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    void everyQueryIsAnsweredByItsIndexAndTheFileKeepsToItsSize() throws Exception {
        Path file = directory.resolve("store.db");
        long size;
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            LargeHistory history = new LargeHistory(EVENTS, random);
            for (int from = 0; from < EVENTS; from += BATCH) {
                store.write(history.batch(from, from + BATCH));
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
            assertThat(store.event(LargeHistory.id(0))).isEmpty();
            assertThat(store.event(LargeHistory.id(EVENTS - 1))).isPresent();
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
            String cursor =
                    new PageCursor(LargeHistory.at(random.nextInt(EVENTS)).toEpochMilli(), "evt_1").toString();
            return store.events(new EventQuery(EventFilter.ALL, 50, cursor)).items();
        }));
        millis.put("a common name", list(store, 50, EventFilter.named(NamePattern.of("audit.user.*"))));
        millis.put("a rare name", list(store, 1, EventFilter.named(NamePattern.of(LargeHistory.RARE))));
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
            EventFilter filter = new EventFilter(
                    null, null, null, null, null, null, null, LargeHistory.id(random.nextInt(EVENTS)), null);
            assertThat(store.events(new EventQuery(filter, 50, null)).items()).isNotEmpty();
            return filter;
        }));
        millis.put("an hour of a topic", times(() -> {
            Instant from = LargeHistory.at(random.nextInt(EVENTS));
            EventFilter filter =
                    new EventFilter(null, "audit.user", null, null, null, from, from.plusSeconds(3_600), null, null);
            return store.events(new EventQuery(filter, 50, null)).items();
        }));
        millis.put("an event", times(() -> store.event(LargeHistory.id(random.nextInt(EVENTS)))
                .orElseThrow()));
        millis.put("its deliveries", times(() -> store.deliveries(LargeHistory.id(random.nextInt(EVENTS)))));
        millis.put("a target's dead letters", times(() -> store.deadLetters("t1", 50, null)));
        millis.put(
                "what a target lacks",
                times(() -> store.failed(new Failures("t1", Instant.EPOCH, LargeHistory.at(EVENTS)), null, 50)));
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
}
