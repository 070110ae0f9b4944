package com.audiojones.bus.admin.replay;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.StoredReplay.State;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One recovery: page by page from the store to the lanes, a page in memory at a time. Run by one thread, once. */
final class RecoveryRun implements Callable<Recovery> {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryRun.class);
    private static final int PAGE = 100;

    private final Failures failures;
    private final StoredReplay begun;
    private final ReplayLog log;
    private final EventStore store;
    private final Sending sending;

    /** Written by the running thread only, read by any. */
    private volatile long written;

    /** @param counted how many events are expected */
    RecoveryRun(String id, Failures failures, long counted, EventStore store, Sending sending) {
        this.failures = failures;
        this.store = store;
        this.sending = sending;
        this.log = new ReplayLog(store);
        this.begun = new StoredReplay(
                id,
                null,
                failures.targetId(),
                failures.since(),
                State.RUNNING,
                0,
                counted,
                failures.until(),
                failures.until(),
                null);
    }

    /** How far it has come. Any thread. */
    Recovery soFar() {
        return new Recovery(begun.id(), failures.targetId(), written, begun.total());
    }

    @Override
    public Recovery call() throws InterruptedException {
        String problem = "its process ended";
        try {
            log.note(begun);
            writeAll();
            problem = null;
            LOG.info("recovery {} of target {}: all {} events are written", begun.id(), failures.targetId(), written);
            return new Recovery(begun.id(), failures.targetId(), written, written);
        } catch (RuntimeException e) {
            problem = e.getMessage() == null ? e.toString() : e.getMessage();
            throw e;
        } finally {
            end(problem);
        }
    }

    private void end(@Nullable String problem) {
        if (problem != null) {
            LOG.warn(
                    "recovery {} of target {} ended after {} of {} events: ask for another",
                    begun.id(),
                    failures.targetId(),
                    written,
                    begun.total());
        }
        log.note(begun.changed(problem == null ? State.DONE : State.FAILED, written, sending.now(), problem));
    }

    private void writeAll() throws InterruptedException {
        EventId after = null;
        boolean hasMore;
        do {
            List<StoredEvent> page = store.failed(failures, after, PAGE);
            Instant now = sending.now();
            sending.write(page.stream()
                    .map(event -> sending.again(event, begun.id(), failures.targetId(), now))
                    .toList());
            written += page.size();
            after = lastOf(page);
            hasMore = page.size() == PAGE;
            if (hasMore) {
                log.note(begun.changed(State.RUNNING, written, now, null));
            }
        } while (hasMore);
    }

    private static @Nullable EventId lastOf(List<StoredEvent> page) {
        return page.isEmpty() ? null : page.getLast().headers().eventId();
    }
}
