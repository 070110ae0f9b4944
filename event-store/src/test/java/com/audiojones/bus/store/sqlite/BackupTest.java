package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Samples.delivered;
import static com.audiojones.bus.store.sqlite.Samples.event;
import static com.audiojones.bus.store.sqlite.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @TempDir
    private Path directory;

    private Path file;
    private SqliteEventStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("store.db");
        store = SqliteEventStore.open(file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aBackupIsTheStoreAsItWasAndNobodyElsesToRead() throws IOException {
        store.write(List.of(event("evt_1"), delivered("evt_1")));
        store.targets().save(target("t1"));
        Path copy = directory.resolve("copy.db");

        store.backUpTo(copy);
        store.write(List.of(event("evt_2")));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (SqliteEventStore copied = SqliteEventStore.open(copy)) {
            assertThat(copied.event("evt_1")).isEqualTo(store.event("evt_1")).isPresent();
            assertThat(copied.event("evt_2")).isEmpty();
            assertThat(copied.targets().all()).isEqualTo(store.targets().all()).hasSize(1);
        }
        assertThatThrownBy(() -> store.backUpTo(copy))
                .isInstanceOf(ConfigException.class)
                .hasMessage(copy + ": expected a file that does not exist yet, got one that does");
    }

    @Test
    void aBackupIsMadeWhileEventsAreWritten() throws Exception {
        AtomicBoolean ends = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Path copy = directory.resolve("copy.db");
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> writer = threads.submit(() -> {
                while (!ends.get()) {
                    int number = written.getAndIncrement();
                    store.write(List.of(event("evt_" + number), delivered("evt_" + number)));
                }
            });
            while (written.get() < 200) {
                Thread.onSpinWait();
            }
            store.backUpTo(copy);
            ends.set(true);
            writer.get();
        }

        try (RawFile raw = new RawFile(copy)) {
            assertThat(raw.column("PRAGMA integrity_check")).containsExactly("ok");
            assertThat(raw.column("SELECT count(*) FROM events WHERE delivery_success = 1"))
                    .isEqualTo(raw.column("SELECT count(*) FROM events"));
            assertThat(Integer.parseInt(
                            raw.column("SELECT count(*) FROM events").getFirst()))
                    .isBetween(199, written.get());
        }
    }
}
