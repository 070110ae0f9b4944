package com.audiojones.bus.store;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the bus is mirrored to and the admin API reads from. All methods block, are safe for use by many threads, and
 * throw {@link StoreUnavailableException} when the store cannot answer now: the same call may succeed later. Times are
 * kept to the millisecond.
 */
public interface EventStore extends AutoCloseable {

    /**
     * Writes a batch. Every write is an upsert under a deterministic id of fields that no other kind of write touches, and
     * of two writes to one document the one that happened first holds, so repeating or reordering writes changes nothing;
     * of counters and buckets, which are absolute counts, the last ones hold.
     * Durable when it returns; either all or none where the store can.
     *
     * @param writes what to write, of any kinds
     * @return those that this store will never take, which are not written; writing them again gives the same
     */
    List<RefusedWrite> write(List<StoreWrite> writes);

    /**
     * Writes what a copy of another store has: as {@link #write}, but counters, buckets and replays that are there already
     * are newer than any copy and stay.
     *
     * @param writes what to write, of any kinds
     * @return those that this store will never take, which are not written
     */
    List<RefusedWrite> restore(List<StoreWrite> writes);

    /**
     * {@return a page of events, newest first by {@code created_at}, of the same millisecond the highest event id first}
     *
     * @param query which ones
     * @throws InvalidCursorException if the query's cursor was not made by this store
     * @throws UnsupportedFilterException if this store cannot look for words
     */
    Page<StoredEvent> events(EventQuery query) throws InvalidCursorException;

    /**
     * {@return one event, empty if the store has none of that id}
     *
     * @param eventId the event's id
     */
    Optional<StoredEvent> event(String eventId);

    /**
     * {@return all that happened to an event on its way to its targets, replays too, in the order of time}
     *
     * @param eventId the event's id
     */
    List<StoredDelivery> deliveries(String eventId);

    /**
     * {@return a page of what was given up for a target, whether or not a replay reached it later; newest first}
     *
     * @param targetId the target
     * @param limit the most of the page, 1 to {@value Page#MAX_LIMIT}
     * @param cursor {@link Page#next()} of the page before; null: the first page
     * @throws InvalidCursorException if the cursor was not made by this store
     */
    Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable String cursor)
            throws InvalidCursorException;

    /**
     * {@return a page of what could not be used, as it was written; newest first by the time it was put into quarantine}
     *
     * @param limit the most of the page, 1 to {@value Page#MAX_LIMIT}
     * @param cursor {@link Page#next()} of the page before; null: the first page
     * @throws InvalidCursorException if the cursor was not made by this store
     */
    Page<QuarantineWrite> quarantined(int limit, @Nullable String cursor) throws InvalidCursorException;

    /**
     * {@return a page of replays, newest first by the time they were asked for}
     *
     * @param limit the most of the page, 1 to {@value Page#MAX_LIMIT}
     * @param cursor {@link Page#next()} of the page before; null: the first page
     * @throws InvalidCursorException if the cursor was not made by this store
     */
    Page<StoredReplay> replays(int limit, @Nullable String cursor) throws InvalidCursorException;

    /**
     * {@return one replay, empty if the store has none of that id}
     *
     * @param id the replay's id
     */
    Optional<StoredReplay> replay(String id);

    /**
     * {@return events that a target still lacks, lowest event id first; fewer than the limit only at the end}
     *
     * <p>Paging by the id meets no event twice, whatever happens between two pages, and skips none that was there from the
     * beginning to the end: in no other order does an event keep its place when its delivery fails once more. An event
     * whose own document has not been written yet is left out.
     *
     * @param failures which ones
     * @param after the last event of the page before; null: the first page
     * @param limit the most events of the page, 1 to {@value Page#MAX_LIMIT}
     */
    List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit);

    /**
     * {@return how many events {@link #failed} would list now, over all pages}
     *
     * @param failures which ones
     */
    long countFailed(Failures failures);

    /**
     * {@return figures since a point in time, replays left out}
     *
     * @param since events ingested, and records put into quarantine, at or after the beginning of its minute count
     */
    StoreStats stats(Instant since);

    /**
     * {@return figures since a point in time, step by step, oldest first, replays left out; a step in which nothing was
     * taken in is not among them}
     *
     * @param since events ingested at or after the beginning of its minute count
     * @param step how long a step is, in whole minutes; steps begin at multiples of it since 1970
     */
    List<StatsStep> series(Instant since, Duration step);

    /**
     * {@return a page of all documents of a part, as the writes that make them anew in another store; in an order of the
     * store's own, in which a document keeps its place}
     *
     * @param part which documents
     * @param limit the most documents of the page, 1 to {@value Page#MAX_LIMIT}; a document may take two writes
     * @param cursor {@link Page#next()} of the page before; null: the first page
     * @throws InvalidCursorException if the cursor was not made by this store
     */
    Page<StoreWrite> dump(StorePart part, int limit, @Nullable String cursor) throws InvalidCursorException;

    /**
     * Deletes the events that were taken in before a time, with all that became of them, and what was counted and put into
     * quarantine before it. In small steps, so that nobody waits for long; what a failure leaves is deleted the next time.
     * A store whose documents expire by themselves deletes nothing.
     *
     * @param time what is older goes
     * @return how many events were deleted
     */
    long deleteBefore(Instant time);

    /** {@return the part that keeps the targets} */
    TargetStore targets();

    @Override
    void close();
}
