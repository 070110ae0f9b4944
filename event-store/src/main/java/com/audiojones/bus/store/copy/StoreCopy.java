package com.audiojones.bus.store.copy;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.RefusedWrite;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.copy.CopyProgress.Place;
import com.audiojones.bus.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Copies everything in one store into another: targets first, then all documents. What the other store has already stays as
 * it is, except targets that are older than the copy's; so a copy may be repeated and may be made while sinks write. A
 * copy that is broken off goes on where it was, unless the other store is empty. Blocks; one thread.
 */
public final class StoreCopy {

    private static final int REPORT_EVERY = 20_000;
    private static final Place BEGINNING = new Place(StorePart.EVENTS, null, 0);

    private final EventStore from;
    private final EventStore to;
    private final CopyProgress progress;
    private final Consumer<String> report;

    /**
     * Prepares a copy.
     *
     * @param from what is read
     * @param to what is written
     * @param progress where it is kept how far the copy has come
     * @param report told in one sentence what goes on
     */
    public StoreCopy(EventStore from, EventStore to, CopyProgress progress, Consumer<String> report) {
        this.from = from;
        this.to = to;
        this.progress = progress;
        this.report = report;
    }

    /**
     * Copies, and counts both stores afterwards.
     *
     * @return in a sentence each, what is not the same in both; nothing if all is. While sinks write or where the other
     *     store had something before, that is to be expected
     * @throws com.audiojones.bus.store.StoreUnavailableException if a store cannot answer; what is copied so far stays, and
     *     the next run goes on from there
     */
    public List<String> run() {
        List<Target> targets = from.targets().all();
        long documents = from.targets().count();
        if (documents != targets.size()) {
            return List.of("targets: expected " + documents + " that can be read, got " + targets.size()
                    + "; nothing was copied. The log names the others: is their keyset set?");
        }
        Place begin = isEmpty(to) ? BEGINNING : progress.read().orElse(BEGINNING);
        copyTargets(targets);
        if (begin.cursor() != null) {
            report.accept(name(begin.part()) + ": goes on after " + begin.documents());
        }
        List<String> problems = new ArrayList<>();
        for (StorePart part : StorePart.values()) {
            if (part == begin.part()) {
                copy(begin, problems);
            } else if (part.compareTo(begin.part()) > 0) {
                copy(new Place(part, null, 0), problems);
            }
        }
        progress.remove();
        problems.addAll(differences());
        return problems;
    }

    private static boolean isEmpty(EventStore store) {
        return Arrays.stream(StorePart.values()).allMatch(part -> StoreDigest.isEmpty(store, part));
    }

    private void copyTargets(List<Target> targets) {
        int copied = 0;
        for (Target target : targets) {
            copied += to.targets().restore(target) ? 1 : 0;
        }
        report.accept("targets: " + copied + " copied");
    }

    private void copy(Place begin, List<String> problems) {
        Place place = begin;
        long reported = place.documents();
        while (true) {
            Page<StoreWrite> page = StoreDigest.page(from, place.part(), place.cursor());
            for (RefusedWrite refused : to.restore(page.items())) {
                problems.add(name(place.part()) + ": one was refused: " + refused.reason());
            }
            place = new Place(
                    place.part(), page.next(), place.documents() + page.items().size());
            if (place.cursor() == null) {
                report.accept(name(place.part()) + ": " + place.documents() + " copied");
                return;
            }
            progress.write(place);
            if (place.documents() - reported >= REPORT_EVERY) {
                reported = place.documents();
                report.accept(name(place.part()) + ": " + reported + " so far");
            }
        }
    }

    private List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (StorePart part : StorePart.values()) {
            StoreDigest source = StoreDigest.of(from, part);
            StoreDigest copy = StoreDigest.of(to, part);
            if (source.equals(copy)) {
                report.accept(String.format(
                        Locale.ROOT,
                        "%s: %d in both, checksum %016x",
                        name(part),
                        source.documents(),
                        source.checksum()));
            } else if (source.documents() == copy.documents()) {
                differences.add(name(part) + ": " + source.documents() + " in both, but not all of them are the same");
            } else {
                differences.add(
                        name(part) + ": expected " + source.documents() + " in the copy, got " + copy.documents());
            }
        }
        return differences;
    }

    private static String name(StorePart part) {
        return part.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
