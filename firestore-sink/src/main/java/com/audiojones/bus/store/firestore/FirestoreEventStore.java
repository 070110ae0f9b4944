package com.audiojones.bus.store.firestore;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.EventPage;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.RefusedWrite;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.TargetStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event store in Google's Firestore, or its emulator: the collections of the contract. A batch is no transaction: where
 * a write of it fails, others of it may be there, and writing all of it again makes it whole.
 *
 * <p>What survives: what {@link #write} returned from is on the disks of several zones, as Firestore answers no earlier.
 */
public final class FirestoreEventStore implements EventStore {

    private final FirestoreConnection connection;
    private final FirestoreDocuments documents;
    private final WriteRamp ramp;
    private final EventQueries events;
    private final FailedQueries failed;
    private final StatsQueries stats;
    private final TargetLog log;
    private final FirestoreTargetStore targets;

    private FirestoreEventStore(FirestoreStoreSettings settings) {
        this.connection = FirestoreConnection.open(settings.options());
        this.documents = new FirestoreDocuments(settings.shards(), settings.retention());
        this.ramp = new WriteRamp(!settings.isEmulator(), System::nanoTime);
        this.events = new EventQueries(connection, settings.shards());
        this.failed = new FailedQueries(connection, events);
        this.stats = new StatsQueries(connection);
        this.log = new TargetLog(connection, System::nanoTime);
        this.targets = new FirestoreTargetStore(connection, log);
    }

    /**
     * Opens the store. Nothing is sent yet: a database that cannot be reached is noticed by the first call.
     *
     * @param settings where and how
     * @return the store, to be closed by the caller
     */
    public static FirestoreEventStore open(FirestoreStoreSettings settings) {
        return new FirestoreEventStore(settings);
    }

    @Override
    public List<RefusedWrite> write(List<StoreWrite> writes) {
        Map<FirestoreDocument, StoreWrite> origins = new IdentityHashMap<>();
        List<FirestoreDocument> firsts = new ArrayList<>();
        List<FirestoreDocument> lasts = new ArrayList<>();
        for (StoreWrite write : writes) {
            FirestoreDocument document = documents.of(write);
            origins.put(document, write);
            (write instanceof StatusWrite || write instanceof StatsWrite ? lasts : firsts).add(document);
        }
        List<RefusedWrite> refused = new ArrayList<>();
        BatchWrites batches = new BatchWrites(connection, ramp, (document, reason) -> {
            StoreWrite write = origins.get(document);
            if (write != null) {
                refused.add(new RefusedWrite(write, reason));
            }
        });
        batches.write(firsts, lasts);
        return refused;
    }

    @Override
    public EventPage events(EventQuery query) throws InvalidCursorException {
        String cursor = query.cursor();
        return events.page(query.pattern(), query.limit(), cursor == null ? null : PageCursor.parse(cursor));
    }

    @Override
    public Optional<StoredEvent> event(String eventId) {
        return events.byId(eventId);
    }

    @Override
    public List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit) {
        int checked = new EventQuery(null, limit, null).limit();
        return failed.page(failures, after == null ? "" : after.value(), checked);
    }

    @Override
    public long countFailed(Failures failures) {
        return failed.count(failures);
    }

    @Override
    public StoreStats stats(Instant since) {
        return stats.since(since);
    }

    /** Deletes nothing: documents have a time at which Firestore's policies remove them. */
    @Override
    public long deleteBefore(Instant time) {
        return 0;
    }

    @Override
    public TargetStore targets() {
        return targets;
    }

    @Override
    public void close() {
        log.close();
        connection.close();
    }
}
