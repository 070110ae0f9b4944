package com.audiojones.bus.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void fill() {
        file = directory.resolve("events.db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            Instant now = Instant.parse("2026-11-27T10:00:00Z");
            store.targets()
                    .save(new Target(
                            "tgt_1",
                            "https://example.com/hook",
                            new Secret("a-secret-of-the-test-with-32-characters"),
                            true,
                            List.of(),
                            "",
                            now,
                            now,
                            0,
                            false,
                            null,
                            TargetOptions.NONE));
        }
    }

    @Test
    void aBackupIsAStore() {
        Path copy = directory.resolve("copy.db");

        assertThat(AjbusCommand.execute("store", "backup", copy.toString(), "--set", setting(file)))
                .isZero();
        assertThat(AjbusCommand.execute("store", "backup", copy.toString(), "--set", setting(file)))
                .isEqualTo(2);

        assertThat(targets(copy)).hasSize(1);
    }

    @Test
    void whatIsExportedCanBeImported() {
        Path export = directory.resolve("export.db");
        Path other = directory.resolve("other.db");

        assertThat(AjbusCommand.execute("store", "export", export.toString(), "--set", setting(file)))
                .isZero();
        assertThat(AjbusCommand.execute("store", "import", export.toString(), "--set", setting(other)))
                .isZero();

        assertThat(targets(other)).isEqualTo(targets(file)).hasSize(1);
    }

    /** A target that cannot be opened would be missing in the copy. */
    @Test
    void nothingIsExportedWithoutTheKeysetOfASealedTarget() {
        Path keyset = directory.resolve("keyset.json");
        Path sealed = directory.resolve("sealed.db");
        Path export = directory.resolve("export.db");
        assertThat(AjbusCommand.execute("keyset", "create", keyset.toString())).isZero();
        assertThat(AjbusCommand.execute(
                        "store",
                        "import",
                        file.toString(),
                        "--set",
                        setting(sealed),
                        "--set",
                        "target-secrets.keyset-file=" + keyset))
                .isZero();

        assertThat(AjbusCommand.execute("store", "export", export.toString(), "--set", setting(sealed)))
                .isEqualTo(1);

        assertThat(targets(export)).isEmpty();
        assertThat(AjbusCommand.execute(
                        "store",
                        "export",
                        export.toString(),
                        "--set",
                        setting(sealed),
                        "--set",
                        "target-secrets.keyset-file=" + keyset))
                .isZero();
    }

    private static String setting(Path sqliteFile) {
        return "store.sqlite-file=" + sqliteFile;
    }

    private static List<Target> targets(Path sqliteFile) {
        try (SqliteEventStore store = SqliteEventStore.open(sqliteFile)) {
            return store.targets().all();
        }
    }
}
