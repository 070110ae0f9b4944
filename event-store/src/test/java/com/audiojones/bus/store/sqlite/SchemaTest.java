package com.audiojones.bus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @TempDir
    private Path directory;

    @Test
    void theNewestVersionIsThatOfTheLastMigration() throws IOException, URISyntaxException {
        Path scripts = Path.of(Objects.requireNonNull(Schema.class.getResource("/db/migration"))
                .toURI());

        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(Schema.NEWEST)
                    .anyMatch(name -> name.startsWith("V" + Schema.NEWEST + "__"));
        }
    }

    @Test
    void aNewFileAndItsDirectoryAreMadeForTheOwnerAlone() throws IOException, SQLException {
        Path file = directory.resolve("not/there/yet/store.db");

        new Schema(database(file)).migrate();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(version(file)).isEqualTo(Schema.NEWEST);
    }

    @Test
    void flywayIsNotStartedForAFileThatIsUpToDate() throws SQLException {
        Path file = directory.resolve("store.db");
        setVersion(file, Schema.NEWEST);

        new Schema(database(file)).migrate();

        assertThat(tables(file)).isEmpty();
    }

    @Test
    void aFileOfANewerReleaseIsRefused() throws SQLException {
        Path file = directory.resolve("store.db");
        setVersion(file, Schema.NEWEST + 1);

        assertThatThrownBy(() -> new Schema(database(file)).migrate())
                .isInstanceOf(ConfigException.class)
                .hasMessage("store " + file
                        + ": expected schema version 6 or older, got 7: a newer release has used the file");
    }

    @Test
    void aFileOfTheFirstReleaseIsBroughtUpWithWhatIsInIt() throws SQLException {
        Path file = directory.resolve("store.db");
        Flyway.configure()
                .dataSource(database(file).source())
                .target("1")
                .loggers("slf4j")
                .load()
                .migrate();
        try (RawFile raw = new RawFile(file)) {
            raw.execute("INSERT INTO events (event_id) VALUES ('evt_1')");
            raw.execute("INSERT INTO events (event_id, body) VALUES ('evt_2', '{\"metadata\":{\"source\":\"crm\"}}'),"
                    + " ('evt_3', '{\"metadata\":{\"source\":7}}'), ('evt_4', 'no JSON')");
            raw.execute("INSERT INTO delivery_outcomes VALUES (1, 'evt_1', 't1', 'delivered', 2, 1)");
        }
        assertThat(version(file)).isEqualTo(1);

        new Schema(database(file)).migrate();

        assertThat(version(file)).isEqualTo(Schema.NEWEST);
        try (RawFile raw = new RawFile(file)) {
            assertThat(raw.column("SELECT event_id FROM events WHERE delivery_success = 1"))
                    .containsExactly("evt_1");
            assertThat(raw.column("SELECT event_id || ' ' || source FROM events WHERE source IS NOT NULL"))
                    .containsExactly("evt_2 crm");
            assertThat(raw.column("SELECT name FROM sqlite_schema WHERE type = 'index'"))
                    .contains("dead_letters_of_target");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("store.db"), "these are somebody's notes, not a database");

        assertThatThrownBy(() -> new Schema(database(file)).migrate())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("store " + file + ": expected a SQLite file that can be written, got: ");
        assertThat(file).hasContent("these are somebody's notes, not a database");
    }

    @Test
    void severalStartsAtOnceMakeOneSchema() throws Exception {
        Path file = directory.resolve("store.db");

        List<Future<?>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                starts.add(threads.submit(() -> new Schema(database(file)).migrate()));
            }
        }

        for (Future<?> start : starts) {
            assertThatCode(start::get).doesNotThrowAnyException();
        }
        assertThat(tables(file)).contains("events", "quarantine").doesNotHaveDuplicates();
    }

    private static DatabaseFile database(Path file) {
        return new DatabaseFile(file, Duration.ofSeconds(10));
    }

    private static void setVersion(Path file, int version) throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            raw.execute("PRAGMA user_version = " + version);
        }
    }

    private static int version(Path file) throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            return Integer.parseInt(raw.column("PRAGMA user_version").getFirst());
        }
    }

    private static List<String> tables(Path file) throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            return raw.column("SELECT name FROM sqlite_schema WHERE type = 'table'");
        }
    }
}
