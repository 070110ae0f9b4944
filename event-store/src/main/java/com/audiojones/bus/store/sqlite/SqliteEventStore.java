package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.config.ConfigException;
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
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.TargetVault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The event store in one SQLite file. Several instances, in one process or several on the machine, may use a file at
 * once. Times are kept to the millisecond.
 *
 * <p>What survives: everything a method returned from survives {@code kill -9} of the process. A change of a target
 * survives a crash of the machine too; the last mirrored documents may not, as {@link #write} leaves the moment of
 * writing to the disk to the system: a wait for the disk per batch would buy nothing on the one machine whose broker
 * does not wait either.
 */
public final class SqliteEventStore implements EventStore {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

    private final DatabaseFile database;
    private final long maxBytes;
    private final WriteConnection mirror;
    private final WriteConnection targetWrites;
    private final ReadConnections reads;
    private final SqliteTargetStore targets;

    private SqliteEventStore(DatabaseFile database, long maxBytes, TargetVault vault) {
        this.database = database;
        this.maxBytes = maxBytes;
        this.mirror = new WriteConnection(database, SynchronousMode.NORMAL);
        this.targetWrites = new WriteConnection(database, SynchronousMode.FULL);
        this.reads = new ReadConnections(database);
        this.targets = new SqliteTargetStore(targetWrites, reads, vault);
    }

    /**
     * Opens a file, making or migrating it first where needed. The targets' secrets are in it in clear.
     *
     * @param file the file; its directory is made where it is missing
     * @return the store, to be closed by the caller
     * @throws ConfigException if the file cannot be used
     */
    public static SqliteEventStore open(Path file) {
        return open(file, Long.MAX_VALUE, TargetVault.CLEAR);
    }

    /**
     * Opens a file as {@link #open(Path)} does, which {@link #deleteBefore} keeps to a size: the file itself, not the log
     * beside it. What is deleted makes room in the file, which does not shrink.
     *
     * @param file the file
     * @param maxBytes how many bytes events and all that became of them may take
     * @param vault how the targets' secrets are kept
     * @return the store, to be closed by the caller
     * @throws ConfigException if the file cannot be used
     */
    public static SqliteEventStore open(Path file, long maxBytes, TargetVault vault) {
        return open(new DatabaseFile(file, BUSY_TIMEOUT), maxBytes, vault);
    }

    /**
     * Opens a file as {@link #open(Path, long, TargetVault)} does, with an index of the words in bodies or without one. An
     * index that is to be made of many events takes its time; one that is not wanted is removed.
     *
     * @param file the file
     * @param maxBytes how many bytes events and all that became of them may take
     * @param vault how the targets' secrets are kept
     * @param fullText whether there shall be one
     * @return the store, to be closed by the caller
     * @throws ConfigException if the file cannot be used
     */
    public static SqliteEventStore open(Path file, long maxBytes, TargetVault vault, boolean fullText) {
        SqliteEventStore store = open(file, maxBytes, vault);
        FullText.ensure(store.database, fullText);
        return store;
    }

    static SqliteEventStore open(DatabaseFile database, long maxBytes, TargetVault vault) {
        new Schema(database).migrate();
        return new SqliteEventStore(database, maxBytes, vault);
    }

    /**
     * Copies the store as it is at this moment into a file of its own, while it is read and written. The copy is a store
     * too, without the room that deleted events leave. Needs as much time as it takes to read the whole file.
     *
     * @param copy a file that does not exist yet; only its owner may read it
     * @throws ConfigException if the file is there already or cannot be written
     * @throws com.audiojones.bus.store.StoreUnavailableException if the store cannot be read
     */
    public void backUpTo(Path copy) {
        Backup.copy(database, copy);
    }

    @Override
    public List<RefusedWrite> write(List<StoreWrite> writes) {
        return put(writes, false);
    }

    @Override
    public List<RefusedWrite> restore(List<StoreWrite> writes) {
        return put(writes, true);
    }

    private List<RefusedWrite> put(List<StoreWrite> writes, boolean ofACopy) {
        return mirror.transaction("write " + writes.size() + " documents", session -> {
            new Upserts(session, ofACopy).putAll(writes);
            return List.<RefusedWrite>of();
        });
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) throws InvalidCursorException {
        PageCursor after = PageCursor.parseOrNull(query.cursor());
        return reads.read(
                "list events", session -> new EventLists(session, query.filter(), query.limit(), after).page());
    }

    @Override
    public List<StoredDelivery> deliveries(String eventId) {
        return reads.read("list deliveries", session -> new DeliveryReads(session).ofEvent(eventId));
    }

    @Override
    public Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable String cursor)
            throws InvalidCursorException {
        return list("list dead letters", limit, cursor, (session, most, after) -> new DeliveryReads(session)
                .deadLetters(targetId, most, after));
    }

    @Override
    public Page<QuarantineWrite> quarantined(int limit, @Nullable String cursor) throws InvalidCursorException {
        return list("list quarantine", limit, cursor, (session, most, after) -> new DeliveryReads(session)
                .quarantined(most, after));
    }

    @Override
    public Optional<StoredEvent> event(String eventId) {
        return reads.read("read an event", session -> new EventReads(session).byId(eventId));
    }

    @Override
    public Page<StoredReplay> replays(int limit, @Nullable String cursor) throws InvalidCursorException {
        return list("list replays", limit, cursor, (session, most, after) -> new ReplayRows(session).page(most, after));
    }

    @Override
    public Optional<StoredReplay> replay(String id) {
        return reads.read("read a replay", session -> new ReplayRows(session).byId(id));
    }

    @Override
    public List<StoredEvent> failed(Failures failures, @Nullable EventId after, int limit) {
        int checked = Page.checkedLimit(limit);
        return reads.read("list failed events", session -> new FailedReads(session).page(failures, after, checked));
    }

    @Override
    public long countFailed(Failures failures) {
        return reads.read("count failed events", session -> new FailedReads(session).count(failures));
    }

    @Override
    public StoreStats stats(Instant since) {
        return reads.read("count", session -> new StatsBuckets(session).since(since));
    }

    @Override
    public List<StatsStep> series(Instant since, Duration step) {
        return reads.read("count by steps", session -> new StatsBuckets(session).series(since, step));
    }

    @Override
    public Page<StoreWrite> dump(StorePart part, int limit, @Nullable String cursor) throws InvalidCursorException {
        return list(
                "dump documents", limit, cursor, (session, most, after) -> new Dump(session, most, after).page(part));
    }

    @Override
    public long deleteBefore(Instant time) {
        return new Expiry(mirror, maxBytes).deleteBefore(time);
    }

    @Override
    public TargetStore targets() {
        return targets;
    }

    @Override
    public void close() {
        mirror.close();
        targetWrites.close();
        reads.close();
    }

    /** Reads a page. */
    @FunctionalInterface
    private interface PageRead<T> {
        Page<T> page(Session session, int limit, @Nullable PageCursor after) throws SQLException;
    }

    /** A page of a list whose items of one time are ordered by their row. */
    private <T> Page<T> list(String what, int limit, @Nullable String cursor, PageRead<T> read)
            throws InvalidCursorException {
        int checked = Page.checkedLimit(limit);
        PageCursor after = PageCursor.parseOrNull(cursor);
        if (after != null && !after.id().matches("[0-9]{1,18}")) {
            throw new InvalidCursorException(after.toString());
        }
        return reads.read(what, session -> read.page(session, checked, after));
    }
}
