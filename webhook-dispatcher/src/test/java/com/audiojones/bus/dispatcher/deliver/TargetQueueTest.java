package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.audiojones.bus.dispatcher.gate.TargetGate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetQueueTest {

    private final TargetQueue queue = new TargetQueue("tgt_1", new TargetGate());

    @Test
    void whatComesFromRetryTopicsGoesFirstAndEachInItsOrder() {
        Pair fresh = add(0, 0);
        Pair later = add(0, 0);
        Pair retried = add(1, 1);

        assertThat(queue.poll()).isSameAs(retried);
        assertThat(queue.poll()).isSameAs(fresh);
        assertThat(queue.poll()).isSameAs(later);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aPairThatLeftOtherwiseIsPassedOver() {
        add(0, 0).enter(Pair.Stage.ENDED);
        Pair there = add(0, 0);

        assertThat(queue.poll()).isSameAs(there);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatIsPutBackIsNext() {
        Pair first = add(0, 0);
        add(0, 0);

        queue.putBack(first);

        assertThat(queue.poll()).isSameAs(first);
    }

    @Test
    void thePairTriedLeastProbesAndOneFromTheLaneOnlyWhereNoneIsHeld() {
        Pair fresh = add(0, 0);
        Pair tried = add(5, 1);
        Pair hardly = add(1, 1);
        hardly.enter(Pair.Stage.ENDED);
        Pair less = add(2, 1);

        assertThat(queue.pollLeastTried()).isSameAs(less);
        assertThat(queue.pollLeastTried()).isSameAs(tried);
        assertThat(queue.pollLeastTried()).isSameAs(fresh);
        assertThat(queue.pollLeastTried()).isNull();
    }

    @Test
    void theRateIsSmoothedOverMeasurements() {
        IntStream.range(0, 20).forEach(i -> queue.finished());
        queue.measure(0.1);
        assertThat(queue.ratePerSecond()).isCloseTo(100, within(1e-9));

        queue.measure(0.1);
        assertThat(queue.ratePerSecond()).isCloseTo(50, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"3, 100, true", "3, 80, false", "4, 100, false", "20, 1000, false"})
    void itIsBehindWithMostOfWhatWaitsAndLittleOfWhatIsSent(int waiting, double rate, boolean behind) {
        add(0, 0);
        add(0, 0);
        IntStream.range(0, 8).forEach(i -> queue.finished());
        queue.measure(0.1);

        assertThat(queue.isBehind(waiting, rate)).isEqualTo(behind);
    }

    private Pair add(int requests, int deferrals) {
        Pair pair = Samples.pair(Samples.headers(0, requests, deferrals, null), () -> {});
        queue.add(pair);
        return pair;
    }
}
