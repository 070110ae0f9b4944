package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.gate.TargetGate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of one lane that wait for one target: those from the lane, and those from retry topics, which go first.
 * Pairs that left otherwise stay in the queue until they are met. Engine thread only.
 */
final class TargetQueue {

    /** How much of the last measurement remains in the rate. */
    private static final double MEMORY = 0.5;

    private final String targetId;
    private final TargetGate gate;
    private final Deque<Pair> fresh = new ArrayDeque<>();
    private final Deque<Pair> held = new ArrayDeque<>();
    private int finished;
    private double ratePerSecond;
    private boolean listed;

    TargetQueue(String targetId, TargetGate gate) {
        this.targetId = targetId;
        this.gate = gate;
    }

    String targetId() {
        return targetId;
    }

    TargetGate gate() {
        return gate;
    }

    void add(Pair pair) {
        (pair.isRetried() ? held : fresh).addLast(pair);
    }

    /** Puts a pair back that was polled and may not start yet. */
    void putBack(Pair pair) {
        (pair.isRetried() ? held : fresh).addFirst(pair);
    }

    /** The pair to start next, taken out; null: none waits. */
    @Nullable
    Pair poll() {
        Pair first = poll(held);
        return first == null ? poll(fresh) : first;
    }

    /**
     * The pair to find out with whether the target is back, taken out; null: none waits. One that was never sent, before
     * one that may itself be what the target fails on.
     */
    @Nullable
    Pair pollLeastTried() {
        Pair least = held.stream()
                .filter(pair -> pair.stage() == Pair.Stage.WAITING)
                .min(Comparator.comparingInt(pair -> pair.headers().requests()))
                .orElse(null);
        if (least == null || !held.remove(least)) {
            return poll(fresh);
        }
        return least;
    }

    private static @Nullable Pair poll(Deque<Pair> queue) {
        Pair first = queue.pollFirst();
        while (first != null && first.stage() != Pair.Stage.WAITING) {
            first = queue.pollFirst();
        }
        return first;
    }

    Deque<Pair> fresh() {
        return fresh;
    }

    Deque<Pair> held() {
        return held;
    }

    boolean isEmpty() {
        return fresh.isEmpty() && held.isEmpty();
    }

    /** Whether it stands in the list of queues to start from. */
    boolean isListed() {
        return listed;
    }

    void listed(boolean now) {
        listed = now;
    }

    void finished() {
        finished++;
    }

    /** Measures how many requests ended per second, smoothed. */
    void measure(double seconds) {
        ratePerSecond = MEMORY * ratePerSecond + (1 - MEMORY) * finished / seconds;
        finished = 0;
    }

    double ratePerSecond() {
        return ratePerSecond;
    }

    /**
     * Whether the target is what is slow, not its lane: most of what waits from the lane waits for it, and most of what
     * the lane sends goes elsewhere.
     *
     * @param waiting how many pairs from the lane wait for all targets
     * @param rate how many requests of all targets ended per second
     */
    boolean isBehind(int waiting, double rate) {
        return 2L * fresh.size() > waiting && 2 * ratePerSecond < rate;
    }
}
