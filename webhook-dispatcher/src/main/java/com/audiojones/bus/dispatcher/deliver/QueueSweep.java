package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.event.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** Moves on the pairs of a queue that have waited too long, and ends those whose time is over. Engine thread only. */
final class QueueSweep {

    private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

    private final LaneScheduler.PairHandling handling;
    private final long now;
    private final boolean all;

    /** Looks at every pair, or, unless {@code all}, at the oldest ones until one may stay. */
    QueueSweep(LaneScheduler.PairHandling handling, long now, boolean all) {
        this.handling = handling;
        this.now = now;
        this.all = all;
    }

    /** Pairs from the lane: they leave a target in trouble at once, and one that is slow when their patience ends. */
    void fresh(Deque<Pair> waiting, boolean shut, boolean patient) {
        sweep(waiting, pair -> shut || (!patient && waited(pair) > patience(pair)));
    }

    /** Pairs from retry topics: {@code surplus} of them leave, and those that have been here longest. */
    void held(Deque<Pair> waiting, int surplus) {
        int[] left = {surplus};
        sweep(waiting, pair -> waited(pair) > LONGEST_HOLD.toNanos() || left[0]-- > 0);
    }

    private void sweep(Deque<Pair> waiting, Predicate<Pair> movedOn) {
        int count = waiting.size();
        Deque<Pair> kept = new ArrayDeque<>();
        for (int i = 0; i < count && (all || kept.isEmpty()); i++) {
            Pair pair = waiting.pollFirst();
            if (pair != null && pair.stage() == Pair.Stage.WAITING && !leaves(pair, movedOn)) {
                kept.addLast(pair);
            }
        }
        while (!kept.isEmpty()) {
            waiting.addFirst(kept.pollLast());
        }
    }

    private boolean leaves(Pair pair, Predicate<Pair> movedOn) {
        return switch (handling.examine(pair)) {
            case Verdict.End end -> {
                handling.end(pair, end);
                yield true;
            }
            case Verdict.Send send
            when movedOn.test(pair) -> {
                handling.park(pair, send.route(), "it waited too long for the target");
                yield true;
            }
            case Verdict.Send send -> false;
        };
    }

    private long waited(Pair pair) {
        return now - pair.arrivedNanos();
    }

    private static long patience(Pair pair) {
        Priority priority = pair.event().headers().priority();
        return switch (priority) {
            case P0 -> Duration.ofMillis(100).toNanos();
            case P1, P2 -> Duration.ofMillis(500).toNanos();
            case P3 -> Duration.ofSeconds(2).toNanos();
        };
    }
}
