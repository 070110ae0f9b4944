package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.bench.measure.ArrivalWindow;
import com.audiojones.bus.bench.measure.Lab;
import com.audiojones.bus.event.Priority;

/** Has a running dispatcher deliver so much that the JVM's compiler is done with its path, before anything counts. */
final class WarmUp {

    private final Lab lab;
    private final LaneWriter writer;

    WarmUp(Lab lab, LaneWriter writer) {
        this.lab = lab;
        this.writer = writer;
    }

    /** Blocks until so many events of a type that one target wants have arrived at the target's path. */
    void deliver(int events, String eventType, Priority priority, String path) throws InterruptedException {
        lab.receiver().reset();
        writer.preload(events, eventType, priority);
        new ArrivalWindow(() -> lab.receiver().count(path)).await(events);
    }
}
