package com.audiojones.bus.store.firestore;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.RefusedWrite;
import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.store.UnsupportedFilterException;
import com.audiojones.bus.target.TargetVault;
import com.google.cloud.firestore.FirestoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final DeliveryQueries deliveries;
    private final FailedQueries failed;
    private final StatsQueries stats;
    private final TargetLog log;
    private final FirestoreTargetStore targets;

    private FirestoreEventStore(FirestoreStoreSettings settings, FirestoreOptions options, TargetVault vault) {
        this.connection = FirestoreConnection.open(options);
        this.documents = new FirestoreDocuments(settings.shards(), settings.retention());
        this.ramp = new WriteRamp(!settings.isEmulator(), System::nanoTime);
        this.events = new EventQueries(connection, settings.shards());
        this.deliveries = new DeliveryQueries(connection);
        this.failed = new FailedQueries(connection, events);
        this.stats = new StatsQueries(connection);
        this.log = new TargetLog(connection, System::nanoTime);
        this.targets = new FirestoreTargetStore(connection, log, vault);
    }

    /**
     * Opens the store as {@link #open(FirestoreStoreSettings, TargetVault)} does, the targets' secrets in clear.
     *
     * @param settings where and how
     * @return the store, to be closed by the caller
     */
    public static FirestoreEventStore open(FirestoreStoreSettings settings) {
        return open(settings, TargetVault.CLEAR);
    }

    /**
     * Opens the store. Nothing is sent yet: a database that cannot be reached is noticed by the first call.
     *
     * @param settings where and how
     * @param vault how the targets' secrets are kept
     * @return the store, to be closed by the caller
     */
    public static FirestoreEventStore open(FirestoreStoreSettings settings, TargetVault vault) {
        return open(settings, settings.options(), vault);
    }

    /** @param options how Google's clients are told the same, and how they connect */
    static FirestoreEventStore open(FirestoreStoreSettings settings, FirestoreOptions options, TargetVault vault) {
        return new FirestoreEventStore(settings, options, vault);
    }

    @Override
    public List<RefusedWrite> write(List<StoreWrite> writes) {
        Sorted sorted = sorted(writes, false);
        return sorted.put(batches -> batches.write(sorted.firsts, sorted.lasts));
    }

    @Override
    public List<RefusedWrite> restore(List<StoreWrite> writes) {
        Sorted sorted = sorted(writes, true);
        return sorted.put(batches -> {
            batches.write(sorted.firsts, List.of());
            batches.write(sorted.lasts, List.of());
        });
    }

    private Sorted sorted(List<StoreWrite> writes, boolean ofACopy) {
        Sorted sorted = new Sorted();
        for (StoreWrite write : writes) {
            FirestoreDocument document = documents.of(write);
            String mark = markOfLast(write);
            if (mark == null) {
                sorted.add(sorted.firsts, document, write);
            } else {
                sorted.add(sorted.lasts, ofACopy ? document.yieldingTo(mark) : document, write);
            }
        }
        return sorted;
    }

    /** Documents by what holds of two of them. */
    private final class Sorted {
        private final List<FirestoreDocument> firsts = new ArrayList<>();
        private final List<FirestoreDocument> lasts = new ArrayList<>();
        private final Map<FirestoreDocument, StoreWrite> origins = new IdentityHashMap<>();

        void add(List<FirestoreDocument> list, FirestoreDocument document, StoreWrite write) {
            list.add(document);
            origins.put(document, write);
        }

        List<RefusedWrite> put(Consumer<BatchWrites> writing) {
            List<RefusedWrite> refused = new ArrayList<>();
            writing.accept(new BatchWrites(connection, ramp, (document, reason) -> {
                StoreWrite write = origins.get(document);
                if (write != null) {
                    refused.add(new RefusedWrite(write, reason));
                }
            }));
            return refused;
        }
    }

    /**
     * Of documents of which the last that is written holds, the field by which one is known to be there; null: of two the
     * one that happened first holds.
     */
    private static @Nullable String markOfLast(StoreWrite write) {
        return switch (write) {
            case StatusWrite _ -> "state";
            case StatsWrite _ -> "minute";
            case ReplayWrite _ -> "replay_id";
            case EventWrite _, DeliveryWrite _, DeadLetterWrite _, QuarantineWrite _ -> null;
        };
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) throws InvalidCursorException {
        if (query.filter().text() != null) {
            throw new UnsupportedFilterException(
                    "text: expected a store with a full-text index, which Firestore has none of; leave it out");
        }
        return events.page(query.filter(), query.limit(), PageCursor.parseOrNull(query.cursor()));
    }

    @Override
    public List<StoredDelivery> deliveries(String eventId) {
        return deliveries.ofEvent(eventId);
    }

    @Override
    public Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable String cursor)
            throws InvalidCursorException {
        return deliveries.deadLetters(targetId, Page.checkedLimit(limit), PageCursor.parseOrNull(cursor));
    }

    @Override
    public Page<QuarantineWrite> quarantined(int limit, @Nullable String cursor) throws InvalidCursorException {
        return deliveries.quarantined(Page.checkedLimit(limit), PageCursor.parseOrNull(cursor));
    }

    @Override
    public Optional<StoredEvent> event(String eventId) {
        return events.byId(eventId);
    }

    @Override
    public Page<StoredReplay> replays(int limit, @Nullable String cursor) throws InvalidCursorException {
        return deliveries.replays(Page.checkedLimit(limit), PageCursor.parseOrNull(cursor));
    }

    @Override
    public Optional<StoredReplay> replay(String id) {
        return deliveries.replay(id);
    }

    @Override
    public List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit) {
        int checked = Page.checkedLimit(limit);
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

    @Override
    public List<StatsStep> series(Instant since, Duration step) {
        return stats.series(since, step);
    }

    @Override
    public Page<StoreWrite> dump(StorePart part, int limit, @Nullable String cursor) throws InvalidCursorException {
        return new Dump(connection).page(part, Page.checkedLimit(limit), PageCursor.parseOrNull(cursor));
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
