package com.audiojones.bus.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Forces a spool to disk, once for all events that came meanwhile, and tells those who wait. */
final class SpoolForcer {

    private final Spool spool;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("event-bus-spool").daemon().factory());
    private List<Waiting> waiting = new ArrayList<>();

    private record Waiting(Outgoing event, CompletableFuture<Published> outcome) {}

    SpoolForcer(Spool spool) {
        this.spool = spool;
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
        return waiting.stream().map(Waiting::outcome).toList();
    }

    void close(Duration deadline) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }

    private void force() {
        List<Waiting> these;
        synchronized (this) {
            these = waiting;
            waiting = new ArrayList<>();
        }
        try {
            spool.force();
            these.forEach(each -> each.outcome.complete(new Published(each.event.id(), each.event.topic(), null)));
        } catch (IOException e) {
            these.forEach(each -> each.outcome.completeExceptionally(Acknowledgements.failure(each.event, e)));
        }
    }
}
