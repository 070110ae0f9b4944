package com.audiojones.bus.bench.store;

import com.audiojones.bus.bench.report.Figure;
import com.audiojones.bus.bench.report.Figure.Better;
import com.audiojones.bus.bench.report.Report;
import com.audiojones.bus.bench.report.Series;
import com.audiojones.bus.bench.suite.Options;
import com.audiojones.bus.bench.suite.Suite;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.firestore.FirestoreEventStore;
import com.audiojones.bus.store.firestore.FirestoreStoreSettings;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How many events a second the store takes, each with its delivery and its counters, beside a loop that only inserts. */
public final class StoreSuite implements Suite {

    /** Seven tenths of the rate of the bare loop. */
    private static final double BAR = 1 / 0.7;

    private static final int BATCH = 1_000;
    private static final int OF_FIRESTORE = 10;
    private static final String EMULATOR = "FIRESTORE_EMULATOR_HOST";

    /** One way to write a batch of events. */
    @FunctionalInterface
    private interface Batches {
        void write(StoredEvents sample, int from, int to) throws Exception;
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public String about() {
        return "events per second into SQLite, and into a Firestore emulator";
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("ajbus-bench-store");
        List<Figure> figures = new ArrayList<>();
        try {
            figures.add(compared(
                    "SQLite",
                    "batches of inserts",
                    options,
                    options.events(),
                    progress,
                    (pass, count) -> {
                        try (EventStore store = SqliteEventStore.open(directory.resolve("store-" + pass))) {
                            return perSecond(
                                    options, count, (sample, from, to) -> store.write(sample.writes(from, to)));
                        }
                    },
                    (pass, count) -> {
                        Path file = directory.resolve("bare-" + pass);
                        SqliteEventStore.open(file).close();
                        try (BareSqlite bare = new BareSqlite(file)) {
                            return perSecond(options, count, bare::write);
                        }
                    }));
            String emulator = System.getenv(EMULATOR);
            if (emulator == null) {
                progress.accept("store: Firestore is left out; " + EMULATOR + " would name an emulator to measure");
            } else {
                figures.add(firestore(emulator, options, progress));
            }
        } finally {
            delete(directory);
        }
        return new Report(name(), options.conditions(), figures);
    }

    private static Figure firestore(String emulator, Options options, Consumer<String> progress)
            throws InterruptedException {
        String project = "bench-" + ProcessHandle.current().pid();
        return compared(
                "Firestore emulator",
                "batchWrite of two documents",
                options,
                Math.max(BATCH, options.events() / OF_FIRESTORE),
                progress,
                (pass, count) -> {
                    FirestoreStoreSettings settings = new FirestoreStoreSettings(
                            project + "-" + pass, "(default)", emulator, null, 1, Duration.ofDays(1));
                    try (EventStore store = FirestoreEventStore.open(settings)) {
                        return perSecond(options, count, (sample, from, to) -> store.write(sample.writes(from, to)));
                    }
                },
                (pass, count) -> {
                    try (BareFirestore bare = new BareFirestore(emulator, project + "-bare-" + pass)) {
                        return perSecond(options, count, bare::write);
                    }
                });
    }

    /** One pass over so many events; gives events a second. */
    @FunctionalInterface
    private interface Pass {
        double run(int pass, int count) throws Exception;
    }

    private static Figure compared(
            String what, String bareIs, Options options, int count, Consumer<String> progress, Pass store, Pass bare)
            throws InterruptedException {
        List<Double> own = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        try {
            for (int pass = 0; pass <= options.pairs(); pass++) {
                double bareRate = bare.run(pass, count);
                double rate = store.run(pass, count);
                progress.accept(String.format(
                        Locale.ROOT,
                        "store, %s, %s: %.0f/s, bare %.0f/s",
                        what,
                        pass == 0 ? "warm-up" : "pair " + pass,
                        rate,
                        bareRate));
                if (pass > 0) {
                    own.add(rate);
                    other.add(bareRate);
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what + ": " + e.getMessage(), e);
        }
        return new Figure("store, " + what, "events/s", Better.MORE, new Series(own), new Series(other), bareIs, BAR);
    }

    private static double perSecond(Options options, int count, Batches batches) throws Exception {
        StoredEvents sample = new StoredEvents(options.bodyBytes());
        long begun = System.nanoTime();
        for (int from = 0; from < count; from += BATCH) {
            batches.write(sample, from, Math.min(count, from + BATCH));
        }
        return count / ((System.nanoTime() - begun) / 1e9);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
