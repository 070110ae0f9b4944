package com.audiojones.bus.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Forces a spool to disk, once for all events that came meanwhile, and tells those who wait. */
final class SpoolForcer {

    private final Spool spool;
    private final Tally tally;
    private final Completions completions;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("event-bus-spool").daemon().factory());

    /** Both guarded by this. */
    private List<Waiting> waiting = new ArrayList<>();

    private List<Waiting> beingForced = List.of();

    private record Waiting(Outgoing event, CompletableFuture<Published> outcome) {}

    SpoolForcer(Spool spool, Tally tally, Completions completions) {
        this.spool = spool;
        this.tally = tally;
        this.completions = completions;
    }

    /** The event was appended: completes the outcome when it is durable. */
    synchronized void appended(Outgoing event, CompletableFuture<Published> outcome) {
        waiting.add(new Waiting(event, outcome));
        if (waiting.size() == 1) {
            thread.execute(this::force);
        }
    }

    /** The outcomes that wait. */
    synchronized List<CompletableFuture<Published>> open() {
        return Stream.concat(beingForced.stream(), waiting.stream())
                .map(Waiting::outcome)
                .toList();
    }

    /** Ends when everything that was appended is durable, or the time is over. */
    void close(Duration deadline) {
        thread.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.awaitTermination(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void force() {
        List<Waiting> these;
        synchronized (this) {
            these = waiting;
            beingForced = waiting;
            waiting = new ArrayList<>();
        }
        try {
            spool.force();
            these.forEach(each ->
                    completions.complete(each.outcome, new Published(each.event.id(), each.event.topic(), null)));
        } catch (IOException e) {
            these.forEach(each -> tally.failed(each.event, each.outcome, Acknowledgements.failure(each.event, e)));
        }
    }
}
