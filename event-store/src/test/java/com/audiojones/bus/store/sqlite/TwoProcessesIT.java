package com.audiojones.bus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TwoProcessesIT {

    private static final int KILLS = 5;

    @TempDir
    private Path directory;

    @Test
    void nothingThatWasWrittenIsLostWhenTheProcessIsKilled() throws IOException, InterruptedException, SQLException {
        Path file = directory.resolve("store.db");
        List<String> written = new ArrayList<>();

        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildProcess writer = ChildProcess.start(EndlessWriter.class, file)) {
                for (int batch = 0; batch <= kill; batch++) {
                    written.add(writer.line());
                }
                writer.kill();
            }

            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                assertThat(written).allSatisfy(id -> assertThat(store.event(id)).isPresent());
            }
            assertThat(count(file, "events") % EndlessWriter.BATCH)
                    .as("batches are whole")
                    .isZero();
            assertThat(count(file, "events WHERE delivery_success = 1"))
                    .as("counters match rows")
                    .isEqualTo(count(file, "events"));
        }
    }

    private static long count(Path file, String rows) throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            return Long.parseLong(raw.column("SELECT count(*) FROM " + rows).getFirst());
        }
    }

    @Test
    void targetsAreSavedWhileAnotherProcessWritesWithoutAPause() throws IOException, InterruptedException {
        Path file = directory.resolve("store.db");
        try (ChildProcess writer = ChildProcess.start(EndlessWriter.class, file);
                SqliteEventStore store = SqliteEventStore.open(file)) {
            writer.line();

            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Instant start = Instant.now();
                store.targets().save(Samples.target("t" + i));
                times.add(Duration.between(start, Instant.now()));
            }
            writer.kill();

            times.sort(null);
            System.err.println(
                    "saves beside a busy writer took: median " + times.get(10) + ", longest " + times.getLast());
            assertThat(store.targets().all()).hasSize(20);
        }
    }
}
