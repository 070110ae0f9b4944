package com.audiojones.bus.publish;

import com.audiojones.bus.publish.PublishCounts.Circuit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to Kafka, or to a spool while Kafka does not take them. Each topic has a spool and a producer of its own:
 * order is by key, and a key is in one topic, so a topic that is missing or may not be written holds up no other.
 */
final class SpoolingOutlet implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final Supplier<Producer<byte[], byte[]>> opening;
    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final Duration deadline;
    private final PublishListener listener;
    private final Completions completions;
    private final Tally tally;
    private final Map<String, TopicOutlet> topics = new ConcurrentHashMap<>();

    SpoolingOutlet(
            Supplier<Producer<byte[], byte[]>> opening,
            SpoolDirectory directory,
            SpoolBudget budget,
            Duration deadline,
            PublishListener listener,
            Completions completions) {
        this.opening = opening;
        this.directory = directory;
        this.budget = budget;
        this.deadline = deadline;
        this.listener = listener;
        this.completions = completions;
        this.tally = new Tally(completions);
    }

    /** What an earlier process left begins to go to Kafka. */
    void resume() throws IOException {
        directory.topics().forEach(this::topic);
    }

    @Override
    public CompletableFuture<Published> send(Outgoing event) {
        return topic(event.topic()).send(event);
    }

    private TopicOutlet topic(String name) {
        return topics.computeIfAbsent(name, this::open);
    }

    private TopicOutlet open(String name) {
        try {
            Spool spool = Spool.open(directory.of(name), budget);
            return new TopicOutlet(
                    opening,
                    spool,
                    deadline,
                    spooling -> completions.tell(() -> listener.spoolingChanged(name, spooling)),
                    tally,
                    completions);
        } catch (IOException e) {
            throw new PublishFailedException(
                    "spool of " + name + ": expected a directory that can be written, got: " + e, e);
        }
    }

    @Override
    public void flush(Duration within) throws InterruptedException {
        List<CompletableFuture<Published>> open = new ArrayList<>();
        topics.values().forEach(topic -> open.addAll(topic.open()));
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
                    .get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.debug("flush: an event failed, as its future tells");
        } catch (TimeoutException e) {
            throw new PublishFailedException(
                    "flush: expected every event to be durable within " + within + ", but some are not", e);
        }
    }

    @Override
    public PublishCounts counts() {
        return tally.counts(budget.used(), Circuit.CLOSED);
    }

    @Override
    public void close(Duration within) {
        List<Thread> closing = topics.values().stream()
                .map(topic -> Thread.ofVirtual().start(() -> topic.close(within)))
                .toList();
        boolean interrupted = Thread.interrupted();
        for (Thread thread : closing) {
            interrupted |= !joined(thread);
        }
        completions.close(within);
        try {
            directory.close();
        } catch (IOException e) {
            LOG.warn("the spool was not closed in order: {}", e.toString());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False: this thread was interrupted meanwhile. Every topic ends by itself within its time. */
    private static boolean joined(Thread thread) {
        boolean undisturbed = true;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                undisturbed = false;
            }
        }
        return undisturbed;
    }
}
