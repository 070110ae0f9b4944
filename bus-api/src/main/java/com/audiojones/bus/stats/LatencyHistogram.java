package com.audiojones.bus.stats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Times in milliseconds, each kept to within one in a hundred: histograms of many processes and minutes add up without
 * losing anything of their percentiles. Immutable. Kept as HdrHistogram's own encoding, V2 without compression; JSON:
 * Base64 of it.
 */
public final class LatencyHistogram {

    private static final int SIGNIFICANT_DIGITS = 2;

    /** No times. */
    public static final LatencyHistogram NONE = new LatencyHistogram(new Histogram(SIGNIFICANT_DIGITS));

    /** Never changed once it is here. */
    private final Histogram times;

    private LatencyHistogram(Histogram times) {
        this.times = times;
    }

    /**
     * {@return the histogram in its encoding}
     *
     * @param encoded what {@link #toBytes()} gave
     * @throws IllegalArgumentException if it is no histogram
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LatencyHistogram fromBytes(byte[] encoded) {
        try {
            return new LatencyHistogram(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("latency: expected an encoded histogram, got " + e.getMessage(), e);
        }
    }

    /** {@return the encoding} */
    @JsonValue
    public byte[] toBytes() {
        // Encoding keeps a buffer in the histogram: of what several threads may read, each encodes a copy.
        Histogram copy = times.copy();
        ByteBuffer buffer = ByteBuffer.allocate(copy.getNeededByteBufferCapacity());
        int length = copy.encodeIntoByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    /**
     * {@return the histogram with a time added}
     *
     * @param millis the time, 0 or more
     * @param count how often, 1 or more
     */
    public LatencyHistogram with(long millis, long count) {
        Histogram more = resizable();
        more.recordValueWithCount(millis, count);
        return new LatencyHistogram(more);
    }

    /**
     * {@return a histogram, {@link #NONE} in place of null}
     *
     * @param histogram the histogram
     */
    public static LatencyHistogram orNone(@Nullable LatencyHistogram histogram) {
        return histogram == null ? NONE : histogram;
    }

    /**
     * {@return the times of both}
     *
     * @param other more times
     */
    public LatencyHistogram plus(LatencyHistogram other) {
        return sum(List.of(this, other));
    }

    /**
     * {@return these times without others}
     *
     * @param other times that are all among these
     */
    public LatencyHistogram minus(LatencyHistogram other) {
        Histogram rest = resizable();
        rest.subtract(other.times);
        return new LatencyHistogram(rest);
    }

    /**
     * {@return the times of all}
     *
     * @param histograms any number of them
     */
    public static LatencyHistogram sum(Collection<LatencyHistogram> histograms) {
        Histogram sum = NONE.resizable();
        histograms.forEach(histogram -> sum.add(histogram.times));
        return new LatencyHistogram(sum);
    }

    /** {@return how many times it holds} */
    public long count() {
        return times.getTotalCount();
    }

    /**
     * {@return the time that a share of all does not exceed, milliseconds; 0 where it holds none}
     *
     * @param percent the share, 0 to 100
     */
    public long percentile(double percent) {
        return times.getValueAtPercentile(percent);
    }

    private Histogram resizable() {
        Histogram copy = times.copy();
        copy.setAutoResize(true);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram histogram && times.equals(histogram.times);
    }

    @Override
    public int hashCode() {
        return times.hashCode();
    }

    @Override
    public String toString() {
        return count() + " times, median " + percentile(50) + " ms";
    }
}
