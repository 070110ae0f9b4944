package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.gate.Admission;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.lane.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which pair of a lane is sent next. Each target has a queue; the queues take turns; a request starts when the
 * lane has a permit and the target's gate lets it. A pair from the lane that would wait too long for its target is
 * parked, unless the lane itself is the bottleneck: then everything waits, and the intake stops by its own limits. A pair
 * from a retry topic waits in place for its target to come back. Engine thread only.
 */
final class LaneScheduler {

    /** Requests of one lane to one target take at most this share of the lane's permits. */
    private static final int TARGET_SHARE = 4;

    /** All slow targets together take at most this percentage of the lane's permits. */
    private static final int SLOW_PERCENT = 30;

    /** How many pairs of a target in trouble wait in place, at least. */
    private static final int HELD = 256;

    /** As many pairs wait in place as the target took lately in this time: parking them would not be sooner. */
    private static final double HELD_SECONDS = 4;

    /** A queue that is empty is forgotten below this many requests per second. */
    private static final double IDLE_RATE = 0.01;

    private final Lane lane;
    private final int permits;
    private final TargetControl control;
    private final PairHandling handling;
    /** Only the engine thread changes it or what is in it; others may look at the sizes of the queues. */
    private final Map<String, TargetQueue> queues = new ConcurrentHashMap<>();

    private final Deque<TargetQueue> ready = new ArrayDeque<>();
    private int inFlight;
    private int slowInFlight;
    private volatile int held;

    /** What happens with the pairs the scheduler decides about. */
    interface PairHandling {

        /** What is to happen with a pair, were its turn now. */
        Verdict.BeforeRequest examine(Pair pair);

        /** Starts a request. */
        void start(Pair pair, TargetRoute route, Start start);

        /** Ends a pair without a request. */
        void end(Pair pair, Verdict.End end);

        /** Moves a pair to a retry topic until its target may be well again. */
        void park(Pair pair, TargetRoute route, String why);
    }

    /**
     * A request that may start.
     *
     * @param probe whether it finds out if the target is back
     * @param slow whether it counts among those to slow targets
     */
    record Start(boolean probe, boolean slow) {}

    LaneScheduler(Lane lane, int permits, TargetControl control, PairHandling handling) {
        this.lane = lane;
        this.permits = permits;
        this.control = control;
        this.handling = handling;
    }

    /** Takes a pair in; {@link #startReady} starts it when its turn comes. */
    void add(Pair pair, TargetRoute route, long now) {
        TargetQueue queue = queue(pair);
        boolean shut = queue.gate().isShut(now);
        if (shut && !pair.isRetried()) {
            handling.park(pair, route, "the target is in trouble");
        } else if (pair.isRetried() && queue.held().size() >= mostHeld(queue, shut)) {
            handling.park(pair, route, "many wait for the target already");
        } else {
            queue.add(pair);
            list(queue);
        }
    }

    /** A probe failed: its pair waits on, at the front. */
    void putBack(Pair pair) {
        TargetQueue queue = queue(pair);
        queue.putBack(pair);
        list(queue);
    }

    /** The queue of the pair's target, made anew where it was forgotten while the last of its requests was under way. */
    private TargetQueue queue(Pair pair) {
        return queues.computeIfAbsent(pair.targetId(), id -> new TargetQueue(id, control.gate(id)));
    }

    /** A request ended. */
    void finished(String targetId, boolean wasSlow) {
        inFlight--;
        slowInFlight -= wasSlow ? 1 : 0;
        TargetQueue queue = queues.get(targetId);
        if (queue != null) {
            queue.finished();
            list(queue);
        }
    }

    /** Whether the lane's permits are used up. */
    boolean isExhausted() {
        return inFlight >= permits;
    }

    int inFlight() {
        return inFlight;
    }

    /** How many pairs wait for a target. Any thread. */
    int waiting(String targetId) {
        TargetQueue queue = queues.get(targetId);
        return queue == null ? 0 : queue.fresh().size() + queue.held().size();
    }

    /** How many pairs from retry topics waited when the queues were swept last. Any thread. */
    int held() {
        return held;
    }

    /** Starts what may start. */
    void startReady(long now) {
        while (inFlight < permits) {
            TargetQueue queue = ready.pollFirst();
            if (queue == null) {
                return;
            }
            queue.listed(false);
            if (startOne(queue, now)) {
                list(queue);
            }
        }
    }

    /** Gives every queue in which pairs wait another chance. */
    void retryAll(long now) {
        queues.values().forEach(this::list);
        startReady(now);
    }

    /** Whether to go on with the queue at once. */
    private boolean startOne(TargetQueue queue, long now) {
        Pair pair = queue.gate().isProbeDue(now) ? queue.pollLeastTried() : queue.poll();
        if (pair == null) {
            return false;
        }
        return switch (handling.examine(pair)) {
            case Verdict.End end -> {
                handling.end(pair, end);
                yield true;
            }
            case Verdict.Send send -> start(queue, pair, send.route(), now);
        };
    }

    private boolean start(TargetQueue queue, Pair pair, TargetRoute route, long now) {
        TargetGate gate = queue.gate();
        boolean slow = gate.isSlow();
        if (slow && slowInFlight >= Math.max(1, permits * SLOW_PERCENT / 100)) {
            queue.putBack(pair);
            return false;
        }
        int most = Math.max(1, permits / TARGET_SHARE);
        return switch (gate.admit(lane, most, route.target().options(), control.instances(), now)) {
            case Admission.Go go -> {
                inFlight++;
                slowInFlight += slow ? 1 : 0;
                handling.start(pair, route, new Start(go.probe(), slow));
                yield true;
            }
            case Admission.Wait wait -> {
                queue.putBack(pair);
                yield false;
            }
        };
    }

    /**
     * Moves on what has waited too long.
     *
     * @param laneIsBusy whether the lane itself is the bottleneck
     * @param seconds since the last sweep
     * @param all whether to look at every pair, not just at the oldest of each queue
     */
    void sweep(long now, boolean laneIsBusy, double seconds, boolean all) {
        boolean patient = laneIsBusy || isExhausted();
        List<TargetQueue> swept = List.copyOf(queues.values());
        swept.forEach(queue -> queue.measure(seconds));
        int waiting = swept.stream().mapToInt(queue -> queue.fresh().size()).sum();
        double rate = swept.stream().mapToDouble(TargetQueue::ratePerSecond).sum();
        for (TargetQueue queue : swept) {
            boolean shut = queue.gate().isShut(now);
            QueueSweep sweep = new QueueSweep(handling, now, all);
            sweep.fresh(queue.fresh(), shut, patient && !queue.isBehind(waiting, rate));
            sweep.held(queue.held(), queue.held().size() - mostHeld(queue, shut));
            if (queue.isEmpty() && queue.ratePerSecond() < IDLE_RATE && !queue.isListed()) {
                queues.remove(queue.targetId());
            }
        }
        held = swept.stream().mapToInt(queue -> queue.held().size()).sum();
    }

    private static int mostHeld(TargetQueue queue, boolean shut) {
        return shut ? HELD : (int) Math.max(HELD, queue.ratePerSecond() * HELD_SECONDS);
    }

    private void list(TargetQueue queue) {
        if (!queue.isListed() && !queue.isEmpty()) {
            queue.listed(true);
            ready.addLast(queue);
        }
    }
}
