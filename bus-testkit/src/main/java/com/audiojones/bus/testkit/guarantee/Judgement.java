package com.audiojones.bus.testkit.guarantee;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AtLeastOnce} found.
 *
 * @param name the run
 * @param seed makes its choices again
 * @param published acknowledged pairs
 * @param delivered pairs that a receiver accepted at least once
 * @param unacknowledged pairs that were seen without an acknowledgement to the publisher; they promise nothing
 * @param lost acknowledged pairs that neither arrived nor ended otherwise
 * @param otherEnds how many pairs ended otherwise, by the way they did
 * @param repeats requests for pairs that had been accepted already, by what had happened last before them
 * @param wrongIds requests whose {@code webhook-id} is not the pair's
 */
public record Judgement(
        String name,
        long seed,
        int published,
        int delivered,
        int unacknowledged,
        List<Pair> lost,
        Map<String, Integer> otherEnds,
        List<Repeats> repeats,
        List<Arrival> wrongIds) {

    private static final int SHOWN = 10;

    /**
     * Duplicates after one disturbance.
     *
     * @param after the disturbance
     * @param count how many requests
     * @param most how many it may have caused; null: nothing is known about that
     */
    public record Repeats(
            String after, long count, @Nullable Long most) {

        boolean isTooMany() {
            return most != null && count > most;
        }

        private String text() {
            return after + " " + count + (most == null ? "" : " of at most " + most);
        }
    }

    /** Copies the collections in. */
    public Judgement {
        lost = List.copyOf(lost);
        otherEnds = Map.copyOf(otherEnds);
        repeats = List.copyOf(repeats);
        wrongIds = List.copyOf(wrongIds);
    }

    /** All duplicates. */
    public long duplicates() {
        return repeats.stream().mapToLong(Repeats::count).sum();
    }

    /**
     * Passes if the promise was kept.
     *
     * @throws AssertionError if it was not; with the summary and the first offenders
     */
    public void assertKept() {
        List<Repeats> tooMany = repeats.stream().filter(Repeats::isTooMany).toList();
        if (!lost.isEmpty() || !wrongIds.isEmpty() || !tooMany.isEmpty()) {
            throw new AssertionError(summary() + "\nlost: "
                    + lost.stream().limit(SHOWN).toList() + "\nwrong ids: "
                    + wrongIds.stream().limit(SHOWN).toList() + "\ntoo many duplicates: " + tooMany);
        }
    }

    /** One line. */
    public String summary() {
        String perMark = repeats.stream().map(Repeats::text).collect(Collectors.joining(", "));
        return "%s, seed %d: %d pairs acknowledged, lost %d, delivered %d, ended otherwise %s, unacknowledged %d, wrong ids %d, duplicates %d (%s)"
                .formatted(
                        name,
                        seed,
                        published,
                        lost.size(),
                        delivered,
                        new TreeMap<>(otherEnds),
                        unacknowledged,
                        wrongIds.size(),
                        duplicates(),
                        perMark);
    }
}
