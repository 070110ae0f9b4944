package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.time.IsoMillis;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A replay, as far as it has come.
 *
 * @param replayId its id
 * @param eventId the event that is sent once more; null: what failed for a target
 * @param targetId the target; null: all that want the event
 * @param failedSince from when on failures are sent once more; null: one event is
 * @param state running, done or failed
 * @param written how many events are written to their lanes
 * @param total how many there are to write
 * @param startedAt when it was asked for
 * @param changedAt when this was noted; one that runs and was not noted for long has lost its process
 * @param problem what ended it; null: nothing did
 */
public record StoredReplayView(
        String replayId,
        @Nullable String eventId,
        @Nullable String targetId,
        @Nullable String failedSince,
        String state,
        long written,
        long total,
        String startedAt,
        String changedAt,
        @Nullable String problem) {

    /**
     * {@return the view of a replay}
     *
     * @param replay a replay of the store
     */
    public static StoredReplayView of(StoredReplay replay) {
        return new StoredReplayView(
                replay.id(),
                replay.eventId(),
                replay.targetId(),
                replay.failedSince() == null ? null : IsoMillis.format(replay.failedSince()),
                replay.state().name().toLowerCase(Locale.ROOT),
                replay.written(),
                replay.total(),
                IsoMillis.format(replay.startedAt()),
                IsoMillis.format(replay.changedAt()),
                replay.problem());
    }
}
