package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.target.TargetReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Has records wait until the table of targets is known to be current: an empty or old table would settle, that is lose,
 * what newer targets want. What comes while the question is under way waits for the next answer, all of it together.
 * Engine thread only.
 */
final class CurrentTargets {

    private final TargetReader targets;
    private final EngineThread thread;
    private List<Runnable> waiting = new ArrayList<>();
    private boolean asking;

    CurrentTargets(TargetReader targets, EngineThread thread) {
        this.targets = targets;
        this.thread = thread;
    }

    /** Runs a task on the engine thread when the table holds every target that was acknowledged before this call. */
    void whenCurrent(Runnable task) {
        waiting.add(task);
        if (!asking) {
            ask();
        }
    }

    private void ask() {
        asking = true;
        List<Runnable> asked = waiting;
        waiting = new ArrayList<>();
        var _ = targets.current()
                .whenComplete((current, failure) -> thread.submit(() -> {
                    asking = false;
                    asked.forEach(thread::submit);
                    if (!waiting.isEmpty() && !asking) {
                        ask();
                    }
                }));
    }
}
