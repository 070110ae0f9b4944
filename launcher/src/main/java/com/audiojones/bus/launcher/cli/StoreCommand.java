package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.launcher.role.BusSettings;
import com.audiojones.bus.launcher.role.StoreSettings;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.copy.CopyProgress;
import com.audiojones.bus.store.copy.StoreCopy;
import com.audiojones.bus.store.firestore.FirestoreEventStore;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.TargetVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The event store. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description =
                "Copies the event store that the settings name: to a file, from a file, to another kind of store.",
        subcommands = {
            StoreCommand.Backup.class,
            StoreCommand.Export.class,
            StoreCommand.Import.class,
            StoreCommand.Migrate.class
        })
final class StoreCommand implements Runnable {

    private static final int NOT_THE_SAME = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected backup, export, import or migrate");
    }

    /** Copies the file of a SQLite store. */
    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description =
                    "Copies the SQLite store into a new file while the bus runs. The copy has the targets' secrets.")
    static final class Backup implements Callable<Integer> {

        @Mixin
        private ConfigFile config = new ConfigFile();

        @Parameters(paramLabel = "FILE", description = "the copy; must not exist yet")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            StoreSettings settings = BusSettings.read(config.open()).store();
            if (settings.firestore() != null) {
                throw new BadInputException("store.type: expected sqlite, since Firestore makes its own backups, got"
                        + " firestore; 'ajbus store export' copies it into a file");
            }
            requireThere(settings.sqliteFile());
            try (SqliteEventStore store = settings.openSqlite(TargetVault.CLEAR)) {
                store.backUpTo(file);
            }
            System.out.println("copied to " + file);
            return 0;
        }
    }

    /** Copies the store into a file. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Copies all of the store, whichever kind it is, into a SQLite file.")
    static final class Export implements Callable<Integer> {

        @Mixin
        private ConfigFile config = new ConfigFile();

        @Parameters(paramLabel = "FILE", description = "a new file, or that of an export that was broken off")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            BusSettings settings = BusSettings.read(config.open());
            TargetVault vault = settings.secrets().orInClear();
            requireThere(settings.store());
            requireOther(file, settings.store());
            try (EventStore from = settings.store().open(vault);
                    EventStore to = SqliteEventStore.open(file, Long.MAX_VALUE, vault)) {
                return copied(from, to, beside(file, "export " + name(settings.store())));
            }
        }
    }

    /** Copies a file into the store. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Copies a SQLite file, such as a backup or an export, into the store, whichever kind it is.")
    static final class Import implements Callable<Integer> {

        @Mixin
        private ConfigFile config = new ConfigFile();

        @Parameters(paramLabel = "FILE", description = "the file")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            requireThere(file);
            BusSettings settings = BusSettings.read(config.open());
            TargetVault vault = settings.secrets().orInClear();
            requireOther(file, settings.store());
            try (EventStore from = SqliteEventStore.open(file, Long.MAX_VALUE, vault);
                    EventStore to = settings.store().open(vault)) {
                return copied(from, to, beside(file, "import " + name(settings.store())));
            }
        }
    }

    /** Copies from one kind of store to the other. */
    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description =
                    "Copies all of one store into the other; the settings name both. Run it once while the sinks write"
                            + " to the old store, and once more when they are stopped: the second run adds what came meanwhile.")
    static final class Migrate implements Callable<Integer> {

        /** The kinds of stores. */
        enum Kind {
            SQLITE,
            FIRESTORE
        }

        @Mixin
        private ConfigFile config = new ConfigFile();

        @Option(names = "--from", required = true, paramLabel = "KIND", description = "sqlite or firestore")
        private Kind from = Kind.SQLITE;

        @Option(names = "--to", required = true, paramLabel = "KIND", description = "the other")
        private Kind to = Kind.FIRESTORE;

        @Override
        public Integer call() {
            if (from == to) {
                throw new BadInputException("--to: expected another kind of store than --from, got the same");
            }
            Settings all = config.open();
            TargetVault vault = BusSettings.read(all).secrets().orInClear();
            StoreSettings settings = StoreSettings.readBoth(all);
            all.check();
            if (from == Kind.SQLITE) {
                requireThere(settings.sqliteFile());
            }
            try (EventStore source = open(settings, from, vault);
                    EventStore copy = open(settings, to, vault)) {
                return copied(source, copy, beside(settings.sqliteFile(), "migrate " + from + " " + to));
            }
        }

        private static EventStore open(StoreSettings settings, Kind kind, TargetVault vault) {
            return switch (kind) {
                case SQLITE -> settings.openSqlite(vault);
                case FIRESTORE -> FirestoreEventStore.open(Objects.requireNonNull(settings.firestore()), vault);
            };
        }
    }

    private static int copied(EventStore from, EventStore to, CopyProgress progress) {
        List<String> problems = new StoreCopy(from, to, progress, System.out::println).run();
        problems.forEach(System.err::println);
        System.out.println(problems.isEmpty() ? "all is copied" : "the copy is not what the store is");
        return problems.isEmpty() ? 0 : NOT_THE_SAME;
    }

    private static CopyProgress beside(Path file, String copy) {
        return new CopyProgress(file.resolveSibling(file.getFileName() + "-copy"), copy);
    }

    private static String name(StoreSettings store) {
        return store.firestore() == null
                ? store.sqliteFile().toAbsolutePath().toString()
                : "Firestore " + store.firestore().projectId() + " "
                        + store.firestore().databaseId();
    }

    private static void requireThere(StoreSettings store) {
        if (store.firestore() == null) {
            requireThere(store.sqliteFile());
        }
    }

    /** An empty file would become a store without anything in it. */
    private static void requireThere(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) == 0) {
                throw new BadInputException(file + ": expected the file of a SQLite store, got "
                        + (Files.exists(file) ? "another or an empty one" : "none"));
            }
        } catch (IOException e) {
            throw new BadInputException(file + ": expected the file of a SQLite store, got: " + e);
        }
    }

    private static void requireOther(Path file, StoreSettings store) {
        if (file.toString().isBlank()) {
            throw new BadInputException("FILE: expected the name of a file, got nothing");
        }
        if (store.firestore() == null
                && file.toAbsolutePath()
                        .normalize()
                        .equals(store.sqliteFile().toAbsolutePath().normalize())) {
            throw new BadInputException(file + ": expected another file than that of the store, got the same");
        }
    }
}
