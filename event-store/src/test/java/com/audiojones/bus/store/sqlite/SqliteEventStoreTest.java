package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Samples.delivered;
import static com.audiojones.bus.store.sqlite.Samples.event;
import static com.audiojones.bus.store.sqlite.Samples.headers;
import static com.audiojones.bus.store.sqlite.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetVault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventStoreTest {

    @TempDir
    private Path directory;

    private Path file;
    private SqliteEventStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("store.db");
        store = SqliteEventStore.open(new DatabaseFile(file, Duration.ofMillis(50)), Long.MAX_VALUE, TargetVault.CLEAR);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        store.write(List.of(event("evt_1"), delivered("evt_1")));
        Target saved = store.targets().save(target("t1"));

        store.close();
        store = SqliteEventStore.open(file);

        assertThat(store.event("evt_1"))
                .get()
                .extracting("body", "deliverySuccess")
                .containsExactly(event("evt_1").body(), 1);
        assertThat(store.targets().all()).containsExactly(saved);
    }

    @Test
    void anotherInstanceOnTheFileSeesEveryChangeAtOnce() {
        try (SqliteEventStore other = SqliteEventStore.open(file)) {
            long before = other.targets().changesSince(0).position();

            store.write(List.of(event("evt_1")));
            Target saved = store.targets().save(target("t1"));

            assertThat(other.event("evt_1")).isPresent();
            assertThat(other.targets().byId("t1")).contains(saved);
            assertThat(other.targets().changesSince(before).ids()).containsExactly("t1");
        }
    }

    @Test
    void versionsRiseOverTwoInstances() {
        try (SqliteEventStore other = SqliteEventStore.open(file)) {
            store.targets().save(target("t1"));
            other.targets().save(target("t1"));

            assertThat(store.targets().save(target("t1")).version()).isEqualTo(3);
        }
    }

    @Test
    void aChangeMadeByHandIsInTheChangeLog() throws SQLException {
        store.targets().save(target("t1"));
        store.targets().save(target("t2"));
        long before = store.targets().changesSince(0).position();

        try (RawFile raw = new RawFile(file)) {
            raw.execute("UPDATE status_webhook_targets SET document = json_set(document, '$.active', json('false'))"
                    + " WHERE target_id = 't1'");
            raw.execute("DELETE FROM status_webhook_targets WHERE target_id = 't2'");
        }

        TargetChanges changes = store.targets().changesSince(before);
        assertThat(changes.ids()).isEqualTo(Set.of("t1", "t2"));
        assertThat(store.targets().byId("t1")).get().extracting(Target::active).isEqualTo(false);
    }

    @Test
    void theChangeLogKeepsOneEntryPerTarget() throws SQLException {
        for (int i = 0; i < 5; i++) {
            store.targets().save(target("t1"));
        }

        try (RawFile raw = new RawFile(file)) {
            assertThat(raw.column("SELECT target_id FROM target_changes")).containsExactly("t1");
        }
    }

    @Test
    void aWriteThatCannotGetTheFileFailsAndWorksLater() throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            raw.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> store.write(List.of(event("evt_1"))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("store " + file + ": could not write 1 documents: [SQLITE_BUSY]");
            assertThat(store.event("evt_1")).isEmpty();
        }

        store.write(List.of(event("evt_1")));
        assertThat(store.event("evt_1")).isPresent();
    }

    @Test
    void readersDoNotWaitForAWriter() throws SQLException {
        store.write(List.of(event("evt_1")));
        try (RawFile raw = new RawFile(file)) {
            raw.execute("BEGIN IMMEDIATE");

            assertThat(store.event("evt_1")).isPresent();
            assertThat(store.stats(Instant.EPOCH).quarantined()).isZero();
        }
    }

    @Test
    void aBatchIsWrittenWholeOrNotAtAll() {
        EventWrite unstorable = new EventWrite(headers("evt_2", Instant.MAX), "{}");

        assertThatThrownBy(() -> store.write(List.of(event("evt_1"), unstorable)))
                .isInstanceOf(ArithmeticException.class);

        assertThat(store.event("evt_1")).isEmpty();
        store.write(List.of(event("evt_1")));
        assertThat(store.event("evt_1")).isPresent();
    }

    @Test
    void aBodyThatIsNoJsonFailsNoWrite() {
        store.write(List.of(event("evt_1", "no JSON"), event("evt_2")));

        assertThat(store.event("evt_1")).get().extracting("body").isEqualTo("no JSON");
        assertThat(store.event("evt_2")).isPresent();
    }

    @Test
    void theCollectionCanBeLookedAtWithTheFieldsOfTheSpec() throws SQLException {
        store.write(List.of(event("evt_1"), delivered("evt_1")));

        try (RawFile raw = new RawFile(file)) {
            assertThat(raw.column("SELECT concat_ws('|', event_id, event_type, payload, metadata, source, created_at,"
                            + " dispatched_to, delivery_success, delivery_failed) FROM aj_event_bus"))
                    .containsExactly(
                            "evt_1|status_change|{\"n\":1}|{\"source\":\"test\"}|test|2026-11-21T10:00:00.000Z|1|1|0");
        }
    }

    @Test
    void aTargetThatIsNoneSaysSoItselfUntilItIsMended() throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            raw.execute("INSERT INTO status_webhook_targets (target_id, document) VALUES"
                    + " ('t1', '{\"url\":\"ftp://example.com\",\"active\":true}'), ('t2', 'no JSON')");
            assertThat(store.targets().all()).isEmpty();
            assertThat(raw.column("SELECT document ->> '$.problem' FROM status_webhook_targets WHERE target_id = 't1'"))
                    .singleElement()
                    .asString()
                    .startsWith("url: expected");
            assertThat(raw.column("SELECT document FROM status_webhook_targets WHERE target_id = 't2'"))
                    .containsExactly("no JSON");

            raw.execute("UPDATE status_webhook_targets SET document ="
                    + " json_set(document, '$.url', 'https://example.com/', '$.secret', 'a-secret-of-32-characters-or-more')"
                    + " WHERE target_id = 't1'");

            assertThat(store.targets().all()).extracting(Target::id).containsExactly("t1");
            assertThat(raw.column("SELECT document -> '$.problem' IS NULL FROM status_webhook_targets"
                            + " WHERE target_id = 't1'"))
                    .containsExactly("1");
        }
    }

    @Test
    void aClosedStoreIsUnavailable() {
        store.close();

        assertThatThrownBy(() -> store.write(List.of(event("evt_1")))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.event("evt_1"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("store " + file + ": could not read an event: it is closed");
    }
}
