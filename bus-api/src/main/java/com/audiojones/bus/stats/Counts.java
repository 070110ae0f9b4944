package com.audiojones.bus.stats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Numbers by measure; what is not there is 0. Immutable. JSON: an object of the numbers that are not 0. */
public final class Counts {

    /** Nothing counted. */
    public static final Counts NONE = new Counts(new EnumMap<>(Measure.class));

    private final EnumMap<Measure, Long> numbers;

    private Counts(EnumMap<Measure, Long> numbers) {
        this.numbers = numbers;
    }

    /**
     * {@return counts of these numbers}
     *
     * @param numbers by measure
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Counts of(Map<Measure, Long> numbers) {
        EnumMap<Measure, Long> kept = new EnumMap<>(Measure.class);
        kept.putAll(numbers);
        kept.values().removeIf(number -> number == 0);
        return new Counts(kept);
    }

    /**
     * {@return the number of a measure}
     *
     * @param measure which one
     */
    public long get(Measure measure) {
        return numbers.getOrDefault(measure, 0L);
    }

    /**
     * {@return the sums}
     *
     * @param other what is added
     */
    public Counts plus(Counts other) {
        return combined(other, 1);
    }

    /**
     * {@return the differences}
     *
     * @param other what is taken off
     */
    public Counts minus(Counts other) {
        return combined(other, -1);
    }

    /** {@return the numbers that are not 0} */
    @JsonValue
    public Map<Measure, Long> toMap() {
        return Collections.unmodifiableMap(numbers);
    }

    private Counts combined(Counts other, int sign) {
        EnumMap<Measure, Long> sums = new EnumMap<>(numbers);
        other.numbers.forEach((measure, number) -> sums.merge(measure, sign * number, Long::sum));
        sums.values().removeIf(number -> number == 0);
        return new Counts(sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts counts && numbers.equals(counts.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public String toString() {
        return numbers.toString();
    }
}
