package com.audiojones.bus.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.consume.CompletionWindow.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionWindowTest {

    private final CompletionWindow window = new CompletionWindow();

    @Test
    void anEmptyWindowHasNothingToCommit() {
        window.popSettled();

        assertThat(window.committable()).isNull();
    }

    @Test
    void aRecordUnderWayHoldsUpTheCommitOfThoseBehindItAndNothingElse() {
        Slot first = add(10);
        Slot second = add(11);
        Slot third = add(17);

        second.settle();
        assertThat(committableNow()).isNull();

        first.settle();
        assertThat(committableNow()).isEqualTo(12);

        third.settle();
        assertThat(committableNow()).isEqualTo(18);
        assertThat(window.size()).isZero();
        assertThat(window.bytes()).isZero();
    }

    /** The oracle is a plain map of what is settled: everything below a committable position must be in it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void nothingBelowTheCommittablePositionIsUnsettledWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Boolean> oracle = new TreeMap<>();
        List<Slot> open = new ArrayList<>();
        long offset = random.nextInt(1000);
        @Nullable Long last = null;
        for (int step = 0; step < 20_000; step++) {
            if (open.isEmpty() || (random.nextInt(100) < 48 && window.size() < 4096)) {
                offset += 1 + (random.nextInt(10) == 0 ? random.nextInt(50) : 0);
                open.add(add(offset));
                oracle.put(offset, false);
            } else {
                int settledAt = random.nextBoolean() ? 0 : random.nextInt(open.size());
                Slot settled = open.remove(settledAt);
                settled.settle();
                oracle.put(offsetOf(settled, oracle), true);
            }
            Long committable = committableNow();
            assertThat(committable == null ? -1 : committable).isGreaterThanOrEqualTo(last == null ? -1 : last);
            if (committable != null) {
                assertThat(oracle.headMap(committable).values()).doesNotContain(false);
                Long next = oracle.ceilingKey(committable);
                assertThat(next == null || !oracle.get(next)).isTrue();
                oracle.headMap(committable - 1).clear();
            }
            last = committable;
        }
    }

    private final java.util.Map<Slot, Long> offsets = new java.util.IdentityHashMap<>();

    private long offsetOf(Slot slot, TreeMap<Long, Boolean> oracle) {
        Long offset = offsets.remove(slot);
        assertThat(oracle).containsKey(offset);
        return offset;
    }

    private Slot add(long offset) {
        Slot slot = new Slot(offset, 100);
        window.add(slot);
        offsets.put(slot, offset);
        return slot;
    }

    private @Nullable Long committableNow() {
        window.popSettled();
        return window.committable();
    }
}
