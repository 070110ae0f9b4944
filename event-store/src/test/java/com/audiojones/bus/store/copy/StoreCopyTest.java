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
    void aFileThatIsNoProgressIsRefused() throws IOException {
        Files.writeString(file, "somebody's notes");

        assertThatThrownBy(() -> copy(to).run())
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": expected the progress of a copy, got something else; remove it to begin anew");
    }

    private StoreCopy copy(EventStore target) {
        return new StoreCopy(from, target, new CopyProgress(file), reports::add);
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
                    if (method.getName().equals("write")) {
                        @SuppressWarnings("unchecked")
                        List<StoreWrite> list = (List<StoreWrite>) arguments[0];
                        return to.write(writes.apply(list));
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
