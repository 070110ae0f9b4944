package com.audiojones.bus.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCopyTest {

    private static final int EVENTS = 1_700;

    @TempDir
    private Path directory;

    private final List<String> reports = new ArrayList<>();
    private Path file;
    private EventStore from;
    private EventStore to;

    @BeforeEach
    void open() {
        file = directory.resolve("progress");
        from = SqliteEventStore.open(directory.resolve("from.db"));
        to = SqliteEventStore.open(directory.resolve("to.db"));
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            writes.add(event("evt_" + i));
        }
        from.write(writes);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void aCopyThatIsBrokenOffGoesOnWhereItWas() {
        AtomicInteger writes = new AtomicInteger();
        assertThatThrownBy(() -> copy(failingAt(3, writes)).run()).isInstanceOf(StoreUnavailableException.class);
        assertThat(file).exists();

        AtomicInteger later = new AtomicInteger();
        assertThat(copy(failingAt(Integer.MAX_VALUE, later)).run()).isEmpty();

        assertThat(reports).contains("events: goes on after 1000", "events: " + EVENTS + " copied");
        assertThat(StoreDigest.of(to, StorePart.EVENTS).documents()).isEqualTo(EVENTS);
        assertThat(later.get()).isLessThan(writes.get() + 5);
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsMissingOrDifferentIsSaid() {
        to.write(List.of(event("evt_more")));
        assertThat(copy(to).run()).containsExactly("events: expected " + EVENTS + " in the copy, got " + (EVENTS + 1));

        from.write(List.of(event("evt_another")));
        assertThat(copy(ignoring("evt_another")).run())
                .containsExactly("events: " + (EVENTS + 1) + " in both, but not all of them are the same");
    }

    @Test
    void aCopyIntoAnotherStoreOrAnEmptyOneBeginsAnew() {
        assertThatThrownBy(() -> copy(failingAt(3, new AtomicInteger())).run())
                .isInstanceOf(StoreUnavailableException.class);

        try (EventStore empty = SqliteEventStore.open(directory.resolve("empty.db"))) {
            assertThat(new StoreCopy(from, empty, new CopyProgress(file, "from to"), reports::add).run())
                    .isEmpty();
        }
        assertThatThrownBy(() -> copy(failingAt(6, new AtomicInteger())).run())
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(new StoreCopy(from, to, new CopyProgress(file, "another"), reports::add).run())
                .isEmpty();
        assertThat(reports).noneMatch(line -> line.contains("goes on after"));
    }

    @Test
    void aTargetThatCannotBeReadIsSaidBeforeAnythingIsCopied() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("from.db"));
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO status_webhook_targets (target_id, document) VALUES ('t1', 'no JSON')");
        }

        assertThat(copy(to).run())
                .containsExactly("targets: expected 1 that can be read, got 0; nothing was copied. The log names the"
                        + " others: is their keyset set?");
        assertThat(StoreDigest.of(to, StorePart.EVENTS)).isEqualTo(StoreDigest.EMPTY);
    }

    @Test
    void aFileThatIsNoProgressIsRefused() throws IOException {
        to.write(List.of(event("evt_more")));
        Files.writeString(file, "somebody's notes");

        assertThatThrownBy(() -> copy(to).run())
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": expected the progress of a copy, got something else; remove it to begin anew");
    }

    private StoreCopy copy(EventStore target) {
        return new StoreCopy(from, target, new CopyProgress(file, "from to"), reports::add);
    }

    /** The other store, unavailable at a write. */
    private EventStore failingAt(int write, AtomicInteger writes) {
        return disturbed(list -> {
            if (writes.incrementAndGet() == write) {
                throw new StoreUnavailableException("store: away for this test", new IOException("away"));
            }
            return list;
        });
    }

    /** The other store, which loses an event. */
    private EventStore ignoring(String eventId) {
        return disturbed(list ->
                list.stream().filter(write -> !write.equals(event(eventId))).toList());
    }

    private EventStore disturbed(UnaryOperator<List<StoreWrite>> writes) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("restore")) {
                        @SuppressWarnings("unchecked")
                        List<StoreWrite> list = (List<StoreWrite>) arguments[0];
                        return to.restore(writes.apply(list));
                    }
                    try {
                        return method.invoke(to, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static EventWrite event(String id) {
        Instant at = Instant.parse("2026-11-21T10:00:00Z");
        LaneHeaders headers = new LaneHeaders(
                new EventId(id),
                "status_change",
                "status_change",
                "events.status",
                Priority.P1,
                at,
                at,
                null,
                1,
                null,
                null,
                null);
        return new EventWrite(headers, "{}");
    }
}
