package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Samples.TIME;
import static com.audiojones.bus.store.sqlite.Samples.delivered;
import static com.audiojones.bus.store.sqlite.Samples.headers;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.target.TargetVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {

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
    void whatIsOldGoesWithAllThatBecameOfItAndNothingElse() throws SQLException {
        Instant border = TIME.plusSeconds(1_000);
        for (int i = 0; i < 2 * Expiry.STEP; i++) {
            EventWrite old = new EventWrite(headers("old_" + i, border.minusMillis(1 + i)), "{}");
            EventWrite young = new EventWrite(headers("young_" + i, border.plusMillis(i)), "{}");
            store.write(List.of(old, young, delivered("old_" + i), delivered("young_" + i)));
        }
        try (RawFile raw = new RawFile(file)) {
            raw.execute(
                    "INSERT INTO status_webhook_deliveries (event_id, target_id, replay_id, outcome, request_no, attempt,"
                            + " matched, timestamp) SELECT event_id, 't1', '', 'delivered', 1, 1, 1, created_at FROM events");
        }

        assertThat(store.deleteBefore(border)).isEqualTo(2 * Expiry.STEP);
        assertThat(store.deleteBefore(border)).isZero();

        try (RawFile raw = new RawFile(file)) {
            assertThat(raw.column("SELECT count(*) FROM events WHERE event_id LIKE 'young%'"))
                    .isEqualTo(raw.column("SELECT count(*) FROM events"))
                    .containsExactly(String.valueOf(2 * Expiry.STEP));
            assertThat(raw.column("SELECT count(*) FROM status_webhook_deliveries WHERE event_id LIKE 'young%'"))
                    .isEqualTo(raw.column("SELECT count(*) FROM status_webhook_deliveries"))
                    .containsExactly(String.valueOf(2 * Expiry.STEP));
        }
    }

    /** Retention keeps the file bounded: what is deleted makes room for what comes. */
    @Test
    void aFileThatIsCleanedDoesNotGrow() throws IOException, SQLException {
        List<Long> sizes = new ArrayList<>();
        for (int day = 0; day < 6; day++) {
            Instant noon = TIME.plus(Duration.ofDays(day));
            List<StoreWrite> writes = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                writes.add(new EventWrite(headers("evt_" + day + "_" + i, noon.plusMillis(i)), "x".repeat(600)));
            }
            store.write(writes);
            store.deleteBefore(noon.minus(Duration.ofDays(1)));
            try (RawFile raw = new RawFile(file)) {
                raw.column("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            sizes.add(Files.size(file));
        }

        assertThat(sizes.get(1)).isGreaterThan(sizes.get(0));
        assertThat(sizes.getLast()).isLessThan(sizes.get(2) * 11 / 10);
    }

    @Test
    void theOldestGoWhereTheFileHoldsTooMuch() throws SQLException {
        long most = 1_000_000;
        try (SqliteEventStore small = SqliteEventStore.open(file, most, TargetVault.CLEAR)) {
            for (int i = 0; i < 4_000; i++) {
                small.write(List.of(new EventWrite(headers("evt_" + i, TIME.plusMillis(i)), "x".repeat(600))));
            }

            long deleted = small.deleteBefore(TIME);

            assertThat(deleted).isPositive().isLessThan(4_000);
            assertThat(small.event("evt_0")).isEmpty();
            assertThat(small.event("evt_" + (deleted - 1))).isEmpty();
            assertThat(small.event("evt_" + deleted)).isPresent();
            assertThat(small.event("evt_3999")).isPresent();
            assertThat(small.deleteBefore(TIME)).isZero();
        }
        try (RawFile raw = new RawFile(file)) {
            long used = Long.parseLong(raw.column("SELECT (page_count - freelist_count) * page_size"
                            + " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()")
                    .getFirst());
            assertThat(used).isBetween(most / 2, most);
        }
    }

    @Test
    void whatIsInQuarantineDoesNotPushTheEventsOut() throws SQLException {
        long most = 2_000_000;
        try (SqliteEventStore small = SqliteEventStore.open(file, most, TargetVault.CLEAR)) {
            for (int i = 0; i < 300; i++) {
                QuarantineRecord record = new QuarantineRecord(
                        "value: expected JSON", "router", "audit.user", 0, i, TIME.toEpochMilli(), 3, "abc");
                small.write(List.of(
                        new EventWrite(headers("evt_" + i, TIME.plusMillis(i)), "{}"),
                        new QuarantineWrite(record, null, "A".repeat(20_000), TIME.plusMillis(i))));
            }

            assertThat(small.deleteBefore(TIME)).isZero();

            assertThat(small.event("evt_0")).isPresent();
        }
        try (RawFile raw = new RawFile(file)) {
            assertThat(Integer.parseInt(
                            raw.column("SELECT count(*) FROM quarantine").getFirst()))
                    .isBetween(1, 100);
            assertThat(raw.column("SELECT max(\"offset\") FROM quarantine")).containsExactly("299");
        }
    }
}
