package com.audiojones.bus.router.status;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.BitSet;

/** A set of request numbers, one bit each: a pair that waits for its target is probed for a day. Immutable. */
final class RequestNumbers {

    static final RequestNumbers NONE = new RequestNumbers(new BitSet());

    private final BitSet numbers;

    private RequestNumbers(BitSet numbers) {
        this.numbers = numbers;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RequestNumbers fromBytes(byte[] bits) {
        return new RequestNumbers(BitSet.valueOf(bits));
    }

    @JsonValue
    byte[] toBytes() {
        return numbers.toByteArray();
    }

    RequestNumbers with(int number) {
        if (numbers.get(number)) {
            return this;
        }
        BitSet more = (BitSet) numbers.clone();
        more.set(number);
        return new RequestNumbers(more);
    }

    int count() {
        return numbers.cardinality();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestNumbers set && numbers.equals(set.numbers);
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
