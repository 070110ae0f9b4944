package com.audiojones.bus.bench.report;

import java.util.List;

/**
 * The same figure from several passes.
 *
 * @param values one per pass, in order
 */
public record Series(List<Double> values) {

    /** Copies the list in. */
    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: expected at least one, got none");
        }
    }

    /** The middle one; of an even number the mean of both. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * A percentile of sorted values: the smallest one that at least this share of them does not exceed.
     *
     * @param sorted ascending, at least one
     * @param share 0 to 1
     */
    public static long percentile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
