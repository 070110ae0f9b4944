package com.audiojones.bus.sink;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.RefusedWrite;
import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.TargetStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers what was written, or is away. */
final class FakeEventStore implements EventStore {

    final List<List<StoreWrite>> batches = new CopyOnWriteArrayList<>();
    final Set<StoreWrite> refused = new HashSet<>();
    volatile boolean away;

    @Override
    public List<RefusedWrite> write(List<StoreWrite> writes) {
        if (away) {
            throw new StoreUnavailableException("store: could not write", new IOException("away"));
        }
        batches.add(List.copyOf(writes));
        return writes.stream()
                .filter(refused::contains)
                .map(write -> new RefusedWrite(write, "too deep"))
                .toList();
    }

    @Override
    public List<RefusedWrite> restore(List<StoreWrite> writes) {
        throw new UnsupportedOperationException("nothing is copied here");
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public Optional<StoredEvent> event(String eventId) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public List<StoredDelivery> deliveries(String eventId) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public Page<QuarantineWrite> quarantined(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public Page<StoredReplay> replays(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public Optional<StoredReplay> replay(String id) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public long countFailed(Failures failures) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public StoreStats stats(Instant since) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public List<StatsStep> series(Instant since, Duration step) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public Page<StoreWrite> dump(StorePart part, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public long deleteBefore(Instant time) {
        throw new UnsupportedOperationException("the mirror does not delete");
    }

    @Override
    public TargetStore targets() {
        throw new UnsupportedOperationException("the sink does not read");
    }

    @Override
    public void close() {}
}
