package com.audiojones.bus.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay, as far as it has come.
 *
 * @param id the replay's id, as its lane records and deliveries have it
 * @param eventId the one event that is sent once more; null: what failed for a target
 * @param targetId the target; null: all that want the event, or another URL
 * @param failedSince from when on failures are sent once more; null: one event is
 * @param state whether it goes on
 * @param written how many events are written to their lanes
 * @param total how many there are to write
 * @param startedAt when it was asked for
 * @param changedAt when this was noted; one that runs and was not noted for long has lost its process
 * @param problem one sentence about what ended it; null: nothing did
 */
public record StoredReplay(
        String id,
        @Nullable String eventId,
        @Nullable String targetId,
        @Nullable Instant failedSince,
        State state,
        long written,
        long total,
        Instant startedAt,
        Instant changedAt,
        @Nullable String problem) {

    /** Whether a replay goes on. */
    public enum State {
        /** It is writing lane records. */
        RUNNING,
        /** All lane records are written; what comes of them is told by their deliveries. */
        DONE,
        /** It ended before all were written. */
        FAILED
    }

    /**
     * {@return the same replay, further on}
     *
     * @param newState whether it goes on
     * @param newWritten how many events are written
     * @param at when this is noted
     * @param newProblem what ended it, or null
     */
    public StoredReplay changed(State newState, long newWritten, Instant at, @Nullable String newProblem) {
        long all = newState == State.DONE ? newWritten : total;
        return new StoredReplay(
                id, eventId, targetId, failedSince, newState, newWritten, all, startedAt, at, newProblem);
    }
}
