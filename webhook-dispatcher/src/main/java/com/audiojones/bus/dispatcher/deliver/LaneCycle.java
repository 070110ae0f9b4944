package com.audiojones.bus.dispatcher.deliver;

import java.time.Duration;
import java.util.function.Consumer;

/** Puts a lane's engine on its thread, with what is to be done from time to time. */
final class LaneCycle implements AutoCloseable {

    /** Above this share of time at work it is the lane that is slow, not its targets. */
    private static final double BUSY = 0.25;

    /** One quiet moment does not make a lane idle: parking is for targets that stay behind. */
    private static final Duration BUSY_LASTS = Duration.ofSeconds(1);

    private static final Duration SWEEP_EVERY = Duration.ofMillis(100);
    private static final int FULL_SWEEP_EVERY = 10;

    private final EngineThread thread;
    private final LaneEngine engine;
    private final LaneIntake laneIntake;
    private final RetryIntake retryIntake;
    private long sweptNanos = System.nanoTime();
    private long busyNanos = sweptNanos;
    private int sweeps;

    LaneCycle(LaneParts parts, Consumer<RuntimeException> engineHasFailed) {
        this.thread = new EngineThread(
                "dispatcher-" + parts.lane().label() + "-engine",
                this::tick,
                worked -> parts.shared().precedence().worked(parts.lane(), worked, System.nanoTime()),
                engineHasFailed);
        this.engine = new LaneEngine(parts, thread);
        this.laneIntake = new LaneIntake(parts, engine, thread);
        this.retryIntake = new RetryIntake(parts, engine, thread);
    }

    LaneIntake laneIntake() {
        return laneIntake;
    }

    RetryIntake retryIntake() {
        return retryIntake;
    }

    int waiting(String targetId) {
        return engine.scheduler().waiting(targetId);
    }

    /** Whether the engine has ended by an error: the lane delivers nothing any more. Any thread. */
    boolean hasEnded() {
        return thread.hasEnded();
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.close();
    }

    private void tick() {
        long now = System.nanoTime();
        engine.scheduler().retryAll(now);
        long since = now - sweptNanos;
        if (since >= SWEEP_EVERY.toNanos()) {
            sweptNanos = now;
            if (thread.takeBusyShare(now) > BUSY) {
                busyNanos = now;
            }
            boolean busy = now - busyNanos < BUSY_LASTS.toNanos();
            engine.scheduler().sweep(now, busy, since / 1e9, ++sweeps % FULL_SWEEP_EVERY == 0);
        }
    }
}
