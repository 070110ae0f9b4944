package com.audiojones.bus.sink;

import com.audiojones.bus.service.BusService;
import com.audiojones.bus.store.EventStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the store delete what is older than it is to keep, once an hour. That it cannot now and then is no reason not to be
 * ready. One thread of its own; several of these may run at once.
 */
public final class Retention implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final EventStore store;
    private final Duration retention;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("retention").unstarted(this::run);

    /** Prepares it; {@link #start()} begins at once. The store stays open. */
    public Retention(SinkSettings settings, EventStore store, Clock clock) {
        this.store = store;
        this.retention = settings.retention();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public List<String> notReady() {
        return List.of();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive()) {
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                delete();
            } while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("retention: interrupted; what is left is deleted the next time");
        }
    }

    private void delete() {
        try {
            long deleted = store.deleteBefore(clock.instant().minus(retention));
            if (deleted > 0) {
                LOG.info(
                        "deleted {} events: older than {} days, or the oldest beyond the store's size",
                        deleted,
                        retention.toDays());
            }
        } catch (RuntimeException e) {
            LOG.warn("what is old was not deleted, tries again in an hour: {}", e.getMessage());
        }
    }
}
