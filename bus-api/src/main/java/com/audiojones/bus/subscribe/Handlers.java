package com.audiojones.bus.subscribe;

import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The handlers that one loop of a subscription may have at work. Safe for use by many threads. */
final class Handlers {

    private final SubscribeOptions options;
    private final Progress progress;
    private final Gate gate;
    private final KeyQueues queues = new KeyQueues();
    private final Semaphore permits;

    Handlers(SubscribeOptions options, Progress progress, Gate gate) {
        this.options = options;
        this.progress = progress;
        this.gate = gate;
        this.permits = new Semaphore(options.concurrency());
    }

    boolean hasRoom() {
        return gate.isOpen() && permits.availablePermits() > 0 && !permits.hasQueuedThreads();
    }

    Progress progress() {
        return progress;
    }

    boolean areOrdered() {
        return options.ordered();
    }

    /** Begins with a task now, or behind those of its key. */
    void begin(ConsumerRecord<byte[], byte[]> record, HandlerTask task) {
        progress.begun();
        queues.run(record, task, options.ordered());
    }

    /** {@return why the attempt failed; null: it succeeded. Waits for its turn first} */
    @Nullable
    String failure(Attempt attempt) throws InterruptedException {
        permits.acquire();
        try {
            return attempt.failure(options.handlerDeadline());
        } finally {
            permits.release();
        }
    }
}
