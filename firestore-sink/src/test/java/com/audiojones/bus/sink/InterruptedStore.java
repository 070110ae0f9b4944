package com.audiojones.bus.sink;

import com.audiojones.bus.event.EventId;
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
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.TargetStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real store that can be away. */
final class InterruptedStore implements EventStore {

    private final EventStore store;
    volatile boolean away;

    InterruptedStore(EventStore store) {
        this.store = store;
    }

    @Override
    public List<RefusedWrite> write(List<StoreWrite> writes) {
        if (away) {
            throw new StoreUnavailableException("store: away for this test", new IOException("away"));
        }
        return store.write(writes);
    }

    @Override
    public List<RefusedWrite> restore(List<StoreWrite> writes) {
        return store.restore(writes);
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) throws InvalidCursorException {
        return store.events(query);
    }

    @Override
    public Optional<StoredEvent> event(String eventId) {
        return store.event(eventId);
    }

    @Override
    public List<StoredDelivery> deliveries(String eventId) {
        return store.deliveries(eventId);
    }

    @Override
    public Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable String cursor)
            throws InvalidCursorException {
        return store.deadLetters(targetId, limit, cursor);
    }

    @Override
    public Page<QuarantineWrite> quarantined(int limit, @Nullable String cursor) throws InvalidCursorException {
        return store.quarantined(limit, cursor);
    }

    @Override
    public Page<StoredReplay> replays(int limit, @Nullable String cursor) throws InvalidCursorException {
        return store.replays(limit, cursor);
    }

    @Override
    public Optional<StoredReplay> replay(String id) {
        return store.replay(id);
    }

    @Override
    public List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit) {
        return store.failed(failures, after, limit);
    }

    @Override
    public long countFailed(Failures failures) {
        return store.countFailed(failures);
    }

    @Override
    public StoreStats stats(Instant since) {
        return store.stats(since);
    }

    @Override
    public List<StatsStep> series(Instant since, Duration step) {
        return store.series(since, step);
    }

    @Override
    public Page<StoreWrite> dump(StorePart part, int limit, @Nullable String cursor) throws InvalidCursorException {
        return store.dump(part, limit, cursor);
    }

    @Override
    public long deleteBefore(Instant time) {
        return store.deleteBefore(time);
    }

    @Override
    public TargetStore targets() {
        return store.targets();
    }

    @Override
    public void close() {
        store.close();
    }
}
