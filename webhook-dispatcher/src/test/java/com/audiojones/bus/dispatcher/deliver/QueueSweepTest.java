package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.target.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSweepTest {

    private static final long NOW = Duration.ofHours(1).toNanos();

    private final Handling handling = new Handling();
    private final Deque<Pair> waiting = new ArrayDeque<>();

    @ParameterizedTest
    @CsvSource({"P0, 100", "P1, 500", "P2, 500", "P3, 2000"})
    void patienceDependsOnThePriority(Priority priority, long millis) {
        Pair impatient = add(priority, millis + 1);
        Pair patient = add(priority, millis);

        sweep(true).fresh(waiting, false, false);

        assertThat(handling.parked).containsExactly(impatient);
        assertThat(waiting).containsExactly(patient);
    }

    @Test
    void aPatientLaneParksNothingAndAShutTargetEverything() {
        Pair old = add(Priority.P0, 60_000);
        Pair young = add(Priority.P0, 0);

        sweep(true).fresh(waiting, false, true);
        assertThat(handling.parked).isEmpty();
        assertThat(waiting).containsExactly(old, young);

        sweep(true).fresh(waiting, true, true);
        assertThat(handling.parked).containsExactly(old, young);
        assertThat(waiting).isEmpty();
    }

    @Test
    void heldPairsLeaveAfterThirtySecondsOrWhereTheyAreTooMany() {
        Pair oldest = add(Priority.P0, 30_001);
        Pair surplus = add(Priority.P0, 10);
        Pair stays = add(Priority.P0, 10);

        sweep(true).held(waiting, 1);

        assertThat(handling.parked).containsExactly(oldest, surplus);
        assertThat(waiting).containsExactly(stays);
    }

    @Test
    void aQuickSweepEndsAtTheFirstThatMayStay() {
        Pair stays = add(Priority.P0, 0);
        Pair ended = add(Priority.P0, 0);
        handling.over.add(ended);

        sweep(false).fresh(waiting, false, false);
        assertThat(waiting).containsExactly(stays, ended);
        assertThat(handling.ended).isEmpty();

        sweep(true).fresh(waiting, false, false);
        assertThat(waiting).containsExactly(stays);
        assertThat(handling.ended).containsExactly(ended);
    }

    @Test
    void whatLeftOtherwiseIsDropped() {
        add(Priority.P0, 60_000).enter(Pair.Stage.ENDED);

        sweep(false).fresh(waiting, true, false);

        assertThat(waiting).isEmpty();
        assertThat(handling.parked).isEmpty();
    }

    private QueueSweep sweep(boolean all) {
        return new QueueSweep(handling, NOW, all);
    }

    private Pair add(Priority priority, long waitedMillis) {
        Pair pair = new Pair(
                Samples.event(priority, null),
                Samples.headers(0, 0, 0, null),
                false,
                NOW - Duration.ofMillis(waitedMillis).toNanos(),
                () -> {});
        waiting.addLast(pair);
        return pair;
    }

    private static final class Handling implements LaneScheduler.PairHandling {
        private final TargetRoute route = Samples.route(false, RetryPolicy.STANDARD);
        private final Set<Pair> over = new HashSet<>();
        private final List<Pair> ended = new ArrayList<>();
        private final List<Pair> parked = new ArrayList<>();

        @Override
        public Verdict.BeforeRequest examine(Pair pair) {
            return over.contains(pair)
                    ? Verdict.End.deadLetter(DeadLetterReason.TARGET_PAUSED)
                    : new Verdict.Send(route);
        }

        @Override
        public void start(Pair pair, TargetRoute to, LaneScheduler.Start start) {
            throw new AssertionError("a sweep starts nothing");
        }

        @Override
        public void end(Pair pair, Verdict.End end) {
            ended.add(pair);
        }

        @Override
        public void park(Pair pair, TargetRoute to, String why) {
            parked.add(pair);
        }
    }
}
