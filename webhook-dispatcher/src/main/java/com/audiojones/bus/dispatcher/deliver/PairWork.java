package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.Work;
import java.util.List;

/** The pairs of one record. Its state is the engine thread's. */
final class PairWork implements Work {

    private final LaneEngine engine;
    private final EngineThread thread;
    private volatile List<Pair> pairs = List.of();
    private boolean givenUp;

    PairWork(LaneEngine engine, EngineThread thread) {
        this.engine = engine;
        this.thread = thread;
    }

    /** The record is settled: what it held need not wait in memory for the records before it. Any thread. */
    void clear() {
        pairs = List.of();
    }

    /** The record has these pairs. Engine thread only. */
    void consistsOf(List<Pair> found) {
        pairs = found;
    }

    /** Whether the record is left to whoever owns its partition next. Engine thread only. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** A record that has no pairs yet has nothing to hand off: it stays unsettled, and so do all behind it. */
    @Override
    public void handOff(HandOff extent) {
        thread.submit(() -> {
            givenUp = pairs.isEmpty() && (extent == HandOff.ALL || extent == HandOff.FORGET);
            pairs.forEach(pair -> engine.handOff(pair, extent));
        });
    }
}
