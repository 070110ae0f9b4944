package com.audiojones.bus.dispatcher.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes when it is told to. */
final class ManualTimer extends ScheduledThreadPoolExecutor {

    private record Task(Runnable action, Duration due) {}

    private final List<Task> tasks = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    ManualTimer() {
        super(1, Thread.ofPlatform().daemon().factory());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        tasks.add(new Task(action, passed.plus(Duration.of(delay, unit.toChronoUnit()))));
        ScheduledFuture<?> unused = super.schedule(() -> {}, delay, unit);
        unused.cancel(false);
        return unused;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
        FutureTask<V> task = new FutureTask<>(action);
        tasks.add(new Task(task, passed.plus(Duration.of(delay, unit.toChronoUnit()))));
        ScheduledFuture<V> unused = super.schedule(action, delay, unit);
        unused.cancel(false);
        return unused;
    }

    /** Runs what is due by then, in order. */
    void advance(Duration by) {
        passed = passed.plus(by);
        for (Task task : List.copyOf(tasks)) {
            if (task.due().compareTo(passed) <= 0) {
                tasks.remove(task);
                task.action().run();
            }
        }
    }

    int pending() {
        return tasks.size();
    }
}
