package com.audiojones.bus.admin;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.RefusedWrite;
import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.store.UnsupportedFilterException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store in memory. Its failures are switched on from outside. */
final class FakeEventStore implements EventStore {

    private static final Comparator<StoredEvent> NEWEST_FIRST = Comparator.comparing(
                    (StoredEvent event) -> event.headers().ingestedAt())
            .thenComparing(event -> event.headers().eventId().value())
            .reversed();

    final FakeTargets targets = new FakeTargets(this::answer);
    volatile StoreStats stats = new StoreStats(EventBusMetrics.of(Map.of(), LatencyHistogram.NONE), 0);
    volatile Instant statsSince = Instant.MAX;
    final List<StatsStep> series = new CopyOnWriteArrayList<>();
    volatile Instant seriesSince = Instant.MAX;
    volatile Duration seriesStep = Duration.ZERO;
    volatile boolean unavailable;
    volatile Runnable beforeEveryCall = () -> {};
    final AtomicInteger pagesRead = new AtomicInteger();
    private final List<Failed> failed = new CopyOnWriteArrayList<>();
    final List<StoredDelivery> deliveries = new CopyOnWriteArrayList<>();
    final List<StoredDeadLetter> letters = new CopyOnWriteArrayList<>();
    final List<StoredReplay> replays = new CopyOnWriteArrayList<>();
    final List<QuarantineWrite> quarantine = new CopyOnWriteArrayList<>();
    private final List<StoredEvent> events = new CopyOnWriteArrayList<>();

    private record Failed(StoredEvent event, String targetId, Instant at) {}

    void add(StoredEvent event) {
        events.add(event);
    }

    @Override
    public List<RefusedWrite> write(List<StoreWrite> writes) {
        answer();
        for (StoreWrite write : writes) {
            if (!(write instanceof ReplayWrite(StoredReplay replay))) {
                throw new UnsupportedOperationException("the admin API writes replays only");
            }
            replays.removeIf(old -> old.id().equals(replay.id()));
            replays.addFirst(replay);
        }
        return List.of();
    }

    @Override
    public List<RefusedWrite> restore(List<StoreWrite> writes) {
        throw new UnsupportedOperationException("nothing is copied here");
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) throws InvalidCursorException {
        answer();
        if (query.filter().text() != null) {
            throw new UnsupportedFilterException("text: expected a store with a full-text index, got one without");
        }
        List<StoredEvent> wanted = events.stream()
                .filter(event -> query.filter().matches(event.headers())
                        && (query.filter().state() == null || query.filter().state() == event.state())
                        && (query.filter().source() == null
                                || event.body().contains(query.filter().source())))
                .sorted(NEWEST_FIRST)
                .toList();
        return page(wanted, query.limit(), query.cursor());
    }

    private static int position(String cursor) throws InvalidCursorException {
        if (!cursor.matches("after-[0-9]{1,6}")) {
            throw new InvalidCursorException(cursor);
        }
        return Integer.parseInt(cursor.substring("after-".length()));
    }

    @Override
    public Optional<StoredEvent> event(String eventId) {
        answer();
        return events.stream()
                .filter(event -> event.headers().eventId().value().equals(eventId))
                .findFirst();
    }

    @Override
    public List<StoredDelivery> deliveries(String eventId) {
        answer();
        return deliveries.stream()
                .filter(delivery -> delivery.eventId().equals(eventId))
                .toList();
    }

    @Override
    public Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable String cursor)
            throws InvalidCursorException {
        answer();
        return page(
                letters.stream()
                        .filter(letter -> letter.targetId().equals(targetId))
                        .toList(),
                limit,
                cursor);
    }

    @Override
    public Page<QuarantineWrite> quarantined(int limit, @Nullable String cursor) throws InvalidCursorException {
        answer();
        return page(List.copyOf(quarantine), limit, cursor);
    }

    private static <T> Page<T> page(List<T> all, int limit, @Nullable String cursor) throws InvalidCursorException {
        int from = cursor == null ? 0 : position(cursor);
        int to = Math.min(from + limit, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? "after-" + to : null);
    }

    @Override
    public Page<StoredReplay> replays(int limit, @Nullable String cursor) throws InvalidCursorException {
        answer();
        return page(List.copyOf(replays), limit, cursor);
    }

    @Override
    public Optional<StoredReplay> replay(String id) {
        answer();
        return replays.stream().filter(replay -> replay.id().equals(id)).findFirst();
    }

    @Override
    public List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit) {
        answer();
        pagesRead.incrementAndGet();
        return failing(failures)
                .filter(event -> after == null || id(event).compareTo(after.value()) > 0)
                .sorted(Comparator.comparing(FakeEventStore::id))
                .limit(limit)
                .toList();
    }

    @Override
    public long countFailed(Failures failures) {
        answer();
        return failing(failures).count();
    }

    void addFailed(StoredEvent event, String targetId, Instant at) {
        failed.add(new Failed(event, targetId, at));
    }

    private Stream<StoredEvent> failing(Failures which) {
        return failed.stream()
                .filter(one -> one.targetId().equals(which.targetId()))
                .filter(one -> !one.at().isBefore(which.since()) && !one.at().isAfter(which.until()))
                .map(Failed::event);
    }

    private static String id(StoredEvent event) {
        return event.headers().eventId().value();
    }

    @Override
    public StoreStats stats(Instant since) {
        answer();
        statsSince = since;
        return stats;
    }

    @Override
    public List<StatsStep> series(Instant since, Duration step) {
        answer();
        seriesSince = since;
        seriesStep = step;
        return List.copyOf(series);
    }

    @Override
    public Page<StoreWrite> dump(StorePart part, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("no route dumps");
    }

    @Override
    public long deleteBefore(Instant time) {
        throw new UnsupportedOperationException("the admin API does not delete");
    }

    @Override
    public TargetStore targets() {
        return targets;
    }

    private void answer() {
        beforeEveryCall.run();
        if (unavailable) {
            throw new StoreUnavailableException(
                    "reading /var/lib/ajbus/store.db", new IOException("SQLITE_BUSY: the database file is locked"));
        }
    }

    @Override
    public void close() {}
}
