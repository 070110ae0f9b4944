package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.Work;
import java.util.List;

/** The pairs of one record. The list is written and read by the engine thread only. */
final class PairWork implements Work {

    private final LaneEngine engine;
    private final EngineThread thread;
    private List<Pair> pairs = List.of();

    PairWork(LaneEngine engine, EngineThread thread) {
        this.engine = engine;
        this.thread = thread;
    }

    /** The record has these pairs. Engine thread only. */
    void consistsOf(List<Pair> found) {
        pairs = found;
    }

    /** A record that has not been matched yet has nothing to hand off: it stays unsettled, and so do all behind it. */
    @Override
    public void handOff(HandOff extent) {
        thread.submit(() -> pairs.forEach(pair -> engine.handOff(pair, extent)));
    }
}
