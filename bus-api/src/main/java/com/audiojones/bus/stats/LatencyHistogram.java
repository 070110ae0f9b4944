package com.audiojones.bus.stats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.HdrHistogram.Histogram;

/**
 * Times in milliseconds, each kept to within one in a hundred: histograms of many processes and minutes add up without
 * losing anything of their percentiles. Immutable. Kept as HdrHistogram's own encoding, V2 without compression; JSON:
 * Base64 of it.
 */
public final class LatencyHistogram {

    private static final int SIGNIFICANT_DIGITS = 2;

    /** No times. */
    public static final LatencyHistogram NONE = new LatencyHistogram(encoded(new Histogram(SIGNIFICANT_DIGITS)));

    private final byte[] encoded;

    private LatencyHistogram(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * {@return the histogram in its encoding}
     *
     * @param encoded what {@link #toBytes()} gave
     * @throws IllegalArgumentException if it is no histogram
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LatencyHistogram fromBytes(byte[] encoded) {
        LatencyHistogram histogram = new LatencyHistogram(encoded.clone());
        histogram.decoded();
        return histogram;
    }

    /** {@return the encoding} */
    @JsonValue
    public byte[] toBytes() {
        return encoded.clone();
    }

    /**
     * {@return the histogram with times added, or taken out}
     *
     * @param millis the time, 0 or more
     * @param count how often; negative: as often less
     */
    public LatencyHistogram with(long millis, long count) {
        Histogram histogram = decoded();
        histogram.recordValueWithCount(millis, count);
        return new LatencyHistogram(encoded(histogram));
    }

    /**
     * {@return the times of all}
     *
     * @param histograms any number of them
     */
    public static LatencyHistogram sum(Collection<LatencyHistogram> histograms) {
        Histogram sum = NONE.decoded();
        histograms.forEach(histogram -> sum.add(histogram.decoded()));
        return new LatencyHistogram(encoded(sum));
    }

    /** {@return how many times it holds} */
    public long count() {
        return decoded().getTotalCount();
    }

    /**
     * {@return the time that a share of all does not exceed, milliseconds; 0 where it holds none}
     *
     * @param percent the share, 0 to 100
     */
    public long percentile(double percent) {
        return decoded().getValueAtPercentile(percent);
    }

    private Histogram decoded() {
        try {
            Histogram histogram = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0);
            histogram.setAutoResize(true);
            return histogram;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("latency: expected an encoded histogram, got " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram histogram && decoded().equals(histogram.decoded());
    }

    @Override
    public int hashCode() {
        return decoded().hashCode();
    }

    @Override
    public String toString() {
        return count() + " times, median " + percentile(50) + " ms";
    }
}
