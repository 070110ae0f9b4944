package com.audiojones.bus.admin.replay;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.target.Targets;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.StoredReplay.State;
import com.audiojones.bus.target.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends stored events once more, with their own id and bytes and a fresh expiry. Safe for use by many threads. */
public final class Replays {

    private final EventStore store;
    private final Targets targets;
    private final Sending sending;
    private final ReplayIds ids = new ReplayIds();
    private final ReplayLog log;

    /**
     * Sends what a store has.
     *
     * @param store has the events
     * @param targets where they may go
     * @param sending sends them
     */
    public Replays(EventStore store, Targets targets, Sending sending) {
        this.store = store;
        this.targets = targets;
        this.sending = sending;
        this.log = new ReplayLog(store);
    }

    /**
     * Sends an event once more. Blocks until its lane records are durable; calling again sends it again.
     *
     * @param eventId the event
     * @param targetUrl null: to all targets that want the event; a target's URL: to that target, whether it wants the
     *     event or not; another URL: there, signed with the shared secret
     * @return the replay
     * @throws RefusedException if the store has no such event, or it may not be sent there
     * @throws KafkaException if a record could not be written; others may have been
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public Replay start(String eventId, @Nullable String targetUrl) throws InterruptedException {
        StoredEvent event = store.event(eventId)
                .orElseThrow(() -> new RefusedException(
                        Reason.UNKNOWN, "eventId: expected the id of a stored event, got '" + eventId + "'"));
        Instant now = sending.now();
        String replayId = ids.fresh(now);
        byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
        List<Target> chosen = targetUrl == null ? targets.wanting(event.headers(), body) : named(targetUrl);
        sending.write(records(event, replayId, now, targetUrl == null ? List.of() : chosen));
        String targetId =
                targetUrl != null && chosen.size() == 1 ? chosen.getFirst().id() : null;
        log.note(new StoredReplay(replayId, eventId, targetId, null, State.DONE, 1, 1, now, sending.now(), null));
        return new Replay(replayId, eventId, chosen.stream().map(Target::id).toList());
    }

    private List<Target> named(String url) throws InterruptedException {
        List<Target> there = targets.at(url);
        return there.isEmpty() ? List.of(targets.createHidden(url)) : there;
    }

    /** One record for each target meant, or one for all that match where none is. */
    private List<LaneRecord> records(StoredEvent event, String replayId, Instant now, List<Target> meant) {
        if (meant.isEmpty()) {
            return List.of(sending.again(event, replayId, null, now));
        }
        return meant.stream()
                .map(target -> sending.again(event, replayId, target.id(), now))
                .toList();
    }
}
